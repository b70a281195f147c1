/** A button that is only an icon: its name is spoken, and shown on hover and focus. */

import { Tooltip } from '@base-ui/react/tooltip'
import { useId, type ButtonHTMLAttributes, type ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './IconButton.module.css'

export type IconButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'title'> & {
  readonly label: string
  /** The key that does the same, shown beside the name. */
  readonly shortcut?: string
  readonly small?: boolean
  /** Why it cannot be pressed now; shown in place of the name, which stays the spoken one. */
  readonly refused?: string | null | undefined
  readonly children: ReactNode
}

/** Draws an icon button with a tooltip. Needs a `TooltipRoom` above it. */
export function IconButton({ label, shortcut, small = false, refused, children, className, onClick, ...rest }: IconButtonProps) {
  const reason = useId()
  const dead = refused !== null && refused !== undefined
  return (
    <Tooltip.Root>
      <Tooltip.Trigger
        render={
          <button
            type="button"
            aria-label={label}
            aria-disabled={dead || undefined}
            aria-describedby={dead ? reason : undefined}
            {...rest}
            onClick={dead ? undefined : onClick}
            className={cx(styles['button'], small && styles['small'], className)}
          >
            {children}
            {dead ? (
              <span id={reason} hidden>
                {refused}
              </span>
            ) : null}
          </button>
        }
      />
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6}>
          <Tooltip.Popup className={styles['tip']}>
            {refused ?? label}
            {shortcut === undefined ? null : <kbd className={styles['key']}>{shortcut}</kbd>}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}

/** Lets the tooltips of a window share one delay. */
export function TooltipRoom({ children }: { readonly children: ReactNode }) {
  return <Tooltip.Provider delay={500}>{children}</Tooltip.Provider>
}
