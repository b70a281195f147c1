/** One setting: what it is called and means, its control, and the way back to its default. */

import { useId, type ReactNode } from 'react'
import { Button } from '../design/Button.tsx'
import { cx } from '../design/cx.ts'
import type { Wiring } from '../design/Field.tsx'
import { focusControlOf } from './control-in.ts'
import styles from './Settings.module.css'

/** `tall`: the control under the words, over the whole width; `short`: a control that needs next to none. */
export type RowShape = 'usual' | 'tall' | 'short'

export type RowProps = {
  readonly at: string
  readonly label: string
  readonly hint: string
  readonly problem: string | null
  /** Null when there is nothing to reset, or nobody knows to what. */
  readonly onReset: (() => void) | null
  readonly shape: RowShape
  readonly renderControl: (wiring: Wiring) => ReactNode
  /** Under the control. */
  readonly children?: ReactNode
}

/** Draws the row. The sentence of what is wrong stands in place of the hint. */
export function Row({ at, label, hint, problem, onReset, shape, renderControl, children }: RowProps) {
  const id = useId()
  const note = `${id}-note`
  return (
    <div className={cx(styles['row'], styles[shape])} data-setting={at}>
      <div className={styles['words']}>
        <div className={styles['name']}>
          <label htmlFor={id} className={styles['label']}>
            {label}
          </label>
          {onReset === null ? null : (
            <Button
              size="small"
              look="quiet"
              aria-label={`Reset ${label}`}
              onClick={(event) => {
                focusControlOf(event.currentTarget)
                onReset()
              }}
            >
              Reset
            </Button>
          )}
        </div>
        <p
          id={note}
          className={problem === null ? styles['hint'] : styles['problem']}
          role={problem === null ? undefined : 'alert'}
        >
          {problem ?? hint}
        </p>
      </div>
      <div className={styles['control']} data-control="">
        {renderControl({ id, 'aria-invalid': problem === null ? undefined : true, 'aria-describedby': note })}
        {children}
      </div>
    </div>
  )
}
