/** On or off, at once: a check box that says so to everybody. */

import type { InputHTMLAttributes } from 'react'
import styles from './Switch.module.css'

export type SwitchProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'type' | 'role' | 'checked' | 'onChange'> & {
  readonly checked: boolean
  readonly onCheck: (checked: boolean) => void
}

/** Draws a switch; its label is whoever places it. */
export function Switch({ onCheck, ...rest }: SwitchProps) {
  return (
    <input
      {...rest}
      type="checkbox"
      // A check box says by itself whether it is checked.
      // oxlint-disable-next-line jsx-a11y/role-has-required-aria-props
      role="switch"
      className={styles['switch']}
      onChange={(event) => onCheck(event.target.checked)}
    />
  )
}
