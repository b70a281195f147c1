/** A menu behind a button: short, in plain words, each line one action. */

import { Menu as Base } from '@base-ui/react/menu'
import type { ReactElement, ReactNode } from 'react'
import styles from './Menu.module.css'

export type MenuLine = { readonly label: string; readonly note?: string; readonly icon?: ReactNode; readonly onPick: () => void }

/** Takes the button that opens it and its lines, in groups that are set apart. */
export function Menu({ trigger, groups }: { readonly trigger: ReactElement; readonly groups: readonly (readonly MenuLine[])[] }) {
  const filled = groups.filter((group) => group.length > 0)
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={styles['positioner']} align="start" sideOffset={4}>
          <Base.Popup className={styles['popup']}>
            {filled.map((group, index) => (
              <Base.Group key={group[0]?.label} className={styles['group']} data-first={index === 0 || undefined}>
                {group.map((line) => (
                  <Base.Item key={line.label + (line.note ?? '')} className={styles['item']} onClick={line.onPick}>
                    {line.icon}
                    <span className={styles['label']}>{line.label}</span>
                    {line.note === undefined ? null : <span className={styles['note']}>{line.note}</span>}
                  </Base.Item>
                ))}
              </Base.Group>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
