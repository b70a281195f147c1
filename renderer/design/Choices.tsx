/** One of two to four choices, all of them in sight: radio buttons that look like one switch. */

import { useId } from 'react'
import styles from './Choices.module.css'

export type ChoicesProps<T extends string> = {
  /** The accessible name. */
  readonly label: string
  readonly value: T
  readonly choices: readonly { readonly value: T; readonly label: string }[]
  readonly describedBy?: string | undefined
  readonly onChoose: (value: T) => void
}

/** Draws the choices; the arrow keys move through them, as in every group of radio buttons. */
export function Choices<T extends string>({ label, value, choices, describedBy, onChoose }: ChoicesProps<T>) {
  const name = useId()
  return (
    <div role="radiogroup" aria-label={label} aria-describedby={describedBy} className={styles['choices']}>
      {choices.map((choice) => (
        <label key={choice.value} className={styles['choice']}>
          <input
            type="radio"
            className="visually-hidden"
            name={name}
            checked={choice.value === value}
            onChange={() => onChoose(choice.value)}
          />
          {choice.label}
        </label>
      ))}
    </div>
  )
}
