/** A menu behind a button, or at the pointer: short, in plain words, each line one action. */

import { ContextMenu as AtPointer } from '@base-ui/react/context-menu'
import { Menu as Base } from '@base-ui/react/menu'
import { useId, type ReactElement, type ReactNode } from 'react'
import styles from './Menu.module.css'

export type MenuLine = {
  readonly label: string
  /** Beside the label, and part of its name. */
  readonly note?: string
  /** Under the label: what comes of it. */
  readonly hint?: string
  /** Why it cannot be picked now; stands in place of the hint. */
  readonly refused?: string | null
  readonly icon?: ReactNode
  readonly onPick: () => void
}

type Groups = readonly (readonly MenuLine[])[]

function Line({ line }: { readonly line: MenuLine }) {
  const id = useId()
  const hint = line.refused ?? line.hint
  return (
    <Base.Item
      className={styles['item']}
      disabled={typeof line.refused === 'string'}
      aria-labelledby={hint === undefined ? undefined : `${id}-label`}
      aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      onClick={line.onPick}
    >
      {line.icon}
      <span className={styles['words']}>
        <span id={`${id}-label`} className={styles['label']}>
          {line.label}
        </span>
        {hint === undefined ? null : (
          <span id={`${id}-hint`} className={styles['hint']}>
            {hint}
          </span>
        )}
      </span>
      {line.note === undefined ? null : <span className={styles['note']}>{line.note}</span>}
    </Base.Item>
  )
}

function Popup({ groups, align }: { readonly groups: Groups; readonly align: 'start' | 'end' }) {
  return (
    <Base.Portal>
      <Base.Positioner className={styles['positioner']} align={align} sideOffset={4}>
        <Base.Popup className={styles['popup']}>
          {groups
            .filter((group) => group.length > 0)
            .map((group, index) => (
              <Base.Group key={group[0]?.label} className={styles['group']} data-first={index === 0 || undefined}>
                {group.map((line) => (
                  <Line key={line.label + (line.note ?? '')} line={line} />
                ))}
              </Base.Group>
            ))}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  )
}

export type MenuProps = { readonly trigger: ReactElement; readonly groups: Groups }

/** Takes the button that opens it and its lines, in groups that are set apart. */
export function Menu({ trigger, groups, align = 'start' }: MenuProps & { readonly align?: 'start' | 'end' }) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Popup groups={groups} align={align} />
    </Base.Root>
  )
}

/** The same lines at the pointer, or by the menu key, over the element that it takes. Without a line there is no menu. */
export function ContextMenu({ trigger, groups }: MenuProps) {
  return (
    <AtPointer.Root disabled={groups.every((group) => group.length === 0)}>
      <AtPointer.Trigger render={trigger} />
      <Popup groups={groups} align="start" />
    </AtPointer.Root>
  )
}
