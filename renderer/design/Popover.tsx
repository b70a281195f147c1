/** A small sheet behind a button: facts to look up, with little to do in it. For lines that are picked there is the menu. */

import { Popover as Base } from '@base-ui/react/popover'
import { useRef, type ReactElement, type ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './Popover.module.css'

export type PopoverProps = {
  /** The button that opens it. */
  readonly trigger: ReactElement
  readonly title: string
  readonly children: ReactNode
  /** Whether it is open, for one that a key opens too; left out, it sees to that itself. */
  readonly open?: boolean
  readonly onOpen?: (open: boolean) => void
  /** For sentences with a button at their end. */
  readonly wide?: boolean
  /** The focus goes to the sheet itself: what is in it may come later than it opens, and is read before it is pressed. */
  readonly readFirst?: boolean
  /** Where the focus goes when it opens, and when it closes; true: where it usually would. */
  readonly firstFocus?: () => HTMLElement | true
  readonly lastFocus?: () => HTMLElement | true
}

/** Draws the button, and the sheet while it is open. */
export function Popover({
  trigger,
  title,
  children,
  open,
  onOpen,
  wide = false,
  readFirst = false,
  firstFocus,
  lastFocus,
}: PopoverProps) {
  const popup = useRef<HTMLDivElement>(null)
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpen?.(next)}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={styles['positioner']} align="start" sideOffset={4} collisionPadding={8}>
          <Base.Popup
            ref={popup}
            className={cx(styles['popup'], wide && styles['wide'])}
            initialFocus={firstFocus ?? (readFirst ? popup : true)}
            finalFocus={lastFocus ?? true}
          >
            <Base.Title className={styles['title']}>{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
