/** A menu behind a button, or at the pointer: short, in plain words, each line one action. */

import { ContextMenu as AtPointer } from '@base-ui/react/context-menu'
import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import { createContext, useContext, useId, useMemo, useRef, type ReactElement, type ReactNode } from 'react'
import { Keys } from './Keys.tsx'
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
  /** The keys that do the same, one sign for each. */
  readonly keys?: readonly string[] | undefined
  /** For what is on or off: which it is. */
  readonly checked?: boolean
  readonly onPick: () => void
}

/** Lines in groups that are set apart; an empty group is left out. */
export type MenuGroups = readonly (readonly MenuLine[])[]

/** What is picked runs after the menu has closed: an open menu takes the focus back from wherever that led. */
const Picking = createContext((pick: () => void): void => pick())

function usePicking() {
  const picked = useRef<(() => void) | null>(null)
  return useMemo(
    () => ({
      pick: (action: () => void): void => {
        picked.current = action
      },
      onOpenChangeComplete: (open: boolean): void => {
        const action = open ? null : picked.current
        picked.current = null
        // Later than the menu gives the focus back to where it was.
        if (action !== null) setTimeout(action)
      },
    }),
    [],
  )
}

function Line({ line }: { readonly line: MenuLine }) {
  const id = useId()
  const pick = useContext(Picking)
  const hint = line.refused ?? line.hint
  const item = {
    className: styles['item'],
    disabled: typeof line.refused === 'string',
    'aria-describedby': hint === undefined ? undefined : `${id}-hint`,
    onClick: () => pick(line.onPick),
  }
  const words = (
    <>
      {line.icon}
      <span className={styles['words']}>
        <span id={`${id}-label`} className={styles['label']}>
          {line.label}
        </span>
        {hint === undefined ? null : (
          <span id={`${id}-hint`} className={styles['hint']} aria-hidden="true">
            {hint}
          </span>
        )}
      </span>
      {line.note === undefined ? null : <span className={styles['note']}>{line.note}</span>}
      {line.keys === undefined ? null : (
        <span className={styles['keys']} aria-hidden="true">
          <Keys signs={line.keys} />
        </span>
      )}
    </>
  )
  if (line.checked === undefined) return <Base.Item {...item}>{words}</Base.Item>
  return (
    <Base.CheckboxItem {...item} checked={line.checked} closeOnClick>
      {words}
      <span className={styles['check']} data-keys={line.keys === undefined ? undefined : ''}>
        {line.checked ? <Check aria-hidden="true" /> : null}
      </span>
    </Base.CheckboxItem>
  )
}

/** Draws the lines of a menu. In a component of its own they may follow what changes while the menu is open. */
export function MenuLines({ groups }: { readonly groups: MenuGroups }) {
  return groups
    .filter((group) => group.length > 0)
    .map((group, index) => (
      <Base.Group key={group[0]?.label} className={styles['group']} data-first={index === 0 || undefined}>
        {group.map((line) => (
          <Line key={line.label + (line.note ?? '')} line={line} />
        ))}
      </Base.Group>
    ))
}

export type MenuProps = {
  readonly trigger: ReactElement
  /** `MenuLines`, or a component that draws them; on the page only while the menu is open. */
  readonly children: ReactNode
  /** Where the focus goes when it closes; left out, to where it was. */
  readonly lastFocus?: (() => HTMLElement | null) | undefined
  /** Whether it is open, for one that a key opens too; left out, it sees to that itself. */
  readonly open?: boolean
  readonly onOpen?: (open: boolean) => void
}

function Popup({ children, align, lastFocus }: Pick<MenuProps, 'children' | 'lastFocus'> & { readonly align: 'start' | 'end' }) {
  return (
    // At the end of the page, outside its landmarks: one of its own, so that nothing of it is lost to who walks by landmarks.
    <Base.Portal render={<section aria-label="Menu" />}>
      <Base.Positioner className={styles['positioner']} align={align} sideOffset={4}>
        <Base.Popup className={styles['popup']} finalFocus={lastFocus ?? true}>
          {children}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  )
}

/** Takes the button that opens it. */
export function Menu({
  trigger,
  children,
  lastFocus,
  align = 'start',
  open,
  onOpen,
}: MenuProps & { readonly align?: 'start' | 'end' }) {
  const { pick, onOpenChangeComplete } = usePicking()
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpen?.(next)} onOpenChangeComplete={onOpenChangeComplete}>
      <Base.Trigger render={trigger} />
      <Picking value={pick}>
        <Popup align={align} lastFocus={lastFocus}>
          {children}
        </Popup>
      </Picking>
    </Base.Root>
  )
}

/** The same at the pointer, or by the menu key, over the element that it takes. */
export function ContextMenu({ trigger, children, lastFocus }: MenuProps) {
  const { pick, onOpenChangeComplete } = usePicking()
  return (
    <AtPointer.Root onOpenChangeComplete={onOpenChangeComplete}>
      <AtPointer.Trigger render={trigger} />
      <Picking value={pick}>
        <Popup align="start" lastFocus={lastFocus}>
          {children}
        </Popup>
      </Picking>
    </AtPointer.Root>
  )
}
