/** Pages behind a list at the side: one shows at a time. */

import { Tabs as Base } from '@base-ui/react/tabs'
import { useId, useState, type ReactNode, type Ref } from 'react'
import styles from './Tabs.module.css'

export type TabGroup<T extends string> = {
  readonly title: string
  readonly tabs: readonly { readonly value: T; readonly label: string }[]
}

export type SideTabsProps<T extends string> = {
  /** The accessible name of the list. */
  readonly label: string
  readonly groups: readonly TabGroup<T>[]
  readonly value: T
  readonly activeTab?: Ref<HTMLElement>
  readonly onChoose: (value: T) => void
  /** What the chosen page shows. */
  readonly children: ReactNode
}

/** Draws the list and the chosen page; the arrow keys move through the list. */
export function SideTabs<T extends string>({ label, groups, value, activeTab, onChoose, children }: SideTabsProps<T>) {
  const id = useId()
  // The first focus comes by itself, to what is marked as chosen already: a ring around it would say nothing.
  const [used, setUsed] = useState(false)
  return (
    <Base.Root
      className={styles['root']}
      data-unused={used ? undefined : ''}
      orientation="vertical"
      value={value}
      onValueChange={(next: T) => onChoose(next)}
      onKeyDown={() => setUsed(true)}
      onBlur={() => setUsed(true)}
    >
      <Base.List className={styles['list']} aria-label={label} activateOnFocus>
        {groups.map((group, at) => (
          <div key={group.title} className={styles['group']} role="presentation">
            <span id={`${id}-${at}`} className={styles['title']} title={group.title}>
              {group.title}
            </span>
            {group.tabs.map((tab) => (
              <Base.Tab
                key={tab.value}
                value={tab.value}
                className={styles['tab']}
                aria-describedby={`${id}-${at}`}
                ref={tab.value === value ? activeTab : undefined}
              >
                {tab.label}
              </Base.Tab>
            ))}
          </div>
        ))}
      </Base.List>
      <Base.Panel key={value} value={value} className={styles['panel']}>
        {children}
      </Base.Panel>
    </Base.Root>
  )
}
