/** A button with a word. One primary action per place; the accent colour is not for buttons. */

import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { useId } from 'react'
import styles from './Button.module.css'
import { cx } from './cx.ts'

export type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled' | 'title'> & {
  readonly ref?: Ref<HTMLButtonElement>
  readonly look?: 'primary' | 'normal' | 'quiet' | 'danger'
  readonly size?: 'normal' | 'small'
  readonly icon?: ReactNode
  /** Why it cannot be pressed now. It stays reachable by keyboard, so that the reason can be read. */
  readonly refused?: string | null | undefined
  readonly busy?: boolean
}

/** Draws a button; a refused or busy one does nothing when pressed. A busy one keeps its width and its word. */
export function Button({ look = 'normal', size = 'normal', icon, refused, busy = false, onClick, ...rest }: ButtonProps) {
  const reason = useId()
  const dead = busy || (refused !== null && refused !== undefined)
  return (
    <>
      <button
        type="button"
        {...rest}
        className={cx(styles['button'], styles[look], size === 'small' && styles['small'], rest.className)}
        aria-disabled={dead || undefined}
        aria-busy={busy || undefined}
        aria-describedby={refused ? reason : rest['aria-describedby']}
        title={refused ?? undefined}
        onClick={(event) => {
          if (dead) event.preventDefault()
          else onClick?.(event)
        }}
      >
        {busy ? (
          <span className={styles['spinner']} data-alone={icon === undefined || undefined} data-spinner="" aria-hidden="true" />
        ) : (
          icon
        )}
        <span className={styles['word']} data-word="">
          {rest.children}
        </span>
      </button>
      {refused ? (
        <span id={reason} hidden>
          {refused}
        </span>
      ) : null}
    </>
  )
}
