/** A dialog with a title, a body and a row of buttons. Focus stays inside; Escape closes. */

import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { useRef, type ReactNode, type RefObject } from 'react'
import { cx } from './cx.ts'
import styles from './Dialog.module.css'
import { IconButton } from './IconButton.tsx'
import { useFreshEnter } from './use-fresh-enter.ts'

export type DialogProps = {
  readonly open: boolean
  readonly onClose: () => void
  /** The accessible name. */
  readonly title: string
  readonly intro?: ReactNode
  readonly children: ReactNode
  /** Above the buttons, over the whole width: what is to be known before one of them is pressed. */
  readonly notice?: ReactNode
  readonly footer: ReactNode
  readonly wide?: boolean
  /** For a dialog with columns of its own: more room, and a body that scrolls nothing itself. */
  readonly large?: boolean
  /** Nothing in it takes the focus: the body does, so that keys scroll it. */
  readonly toRead?: boolean
  readonly firstFocus?: RefObject<HTMLElement | null>
  /** Where the focus goes when it closes; left out, to where it was. */
  readonly lastFocus?: () => HTMLElement | null
  /** It asks before something is lost: Enter that was meant for what was there before does nothing. */
  readonly asks?: boolean
}

const READABLE = { tabIndex: 0 } as const

/** Draws a modal dialog over the window. */
export function Dialog(props: DialogProps) {
  const {
    open,
    onClose,
    title,
    intro,
    children,
    notice,
    footer,
    wide = false,
    large = false,
    toRead = false,
    asks = false,
  } = props
  const { firstFocus, lastFocus = true } = props
  const popup = useRef<HTMLDivElement>(null)
  const onFreshEnter = useFreshEnter()
  return (
    <Base.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())} disablePointerDismissal>
      <Base.Portal>
        <Base.Backdrop className={styles['backdrop']} />
        <Base.Popup
          ref={popup}
          className={cx(styles['popup'], wide && styles['wide'], large && styles['large'])}
          initialFocus={firstFocus ?? popup}
          finalFocus={lastFocus}
          onKeyDownCapture={asks ? onFreshEnter : undefined}
        >
          <header className={styles['header']}>
            <Base.Title className={styles['title']}>{title}</Base.Title>
            <Base.Close
              render={
                <IconButton label="Close" small>
                  <X />
                </IconButton>
              }
            />
          </header>
          <div className={styles['body']} {...(toRead ? READABLE : {})}>
            {intro === undefined ? null : <Base.Description className={styles['intro']}>{intro}</Base.Description>}
            {children}
          </div>
          {notice}
          <footer className={styles['footer']}>{footer}</footer>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
