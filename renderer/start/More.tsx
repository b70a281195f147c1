/** What few sessions need: where they start from, and a budget of their own. Folded, its line says what is so. */

import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { TextField } from '../design/Field.tsx'
import type { View } from '../state/projection.ts'
import { BaseField } from './BaseField.tsx'
import { budgetProblem } from './draft.ts'
import { moreWords } from './base-words.ts'
import styles from './NewSession.module.css'
import type { Drafting } from './use-draft.ts'

export type MoreProps = { readonly view: View; readonly drafting: Drafting }

/** Draws the line, and under it the fields while it is unfolded, or one of them has something wrong. */
export function More({ view, drafting: { typed, type, failureAt } }: MoreProps) {
  const [open, setOpen] = useState(typed.from !== '' || typed.budget !== '')
  const target = view.repository?.target?.branch ?? 'the target'
  const wrong = failureAt('from')
  return (
    <details className={styles['more']} open={open || wrong !== null} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <ChevronRight aria-hidden="true" />
        <span className={styles['label']}>More</span>
        <span className={styles['now']}>{moreWords(typed, target, view.config.budgetUsd)}</span>
      </summary>
      <div className={styles['fields']}>
        <BaseField
          value={typed.from}
          target={target}
          fixed={typed.research ? 'Research reads the main checkout as it is.' : null}
          error={wrong}
          onText={(from) => type({ from })}
        />
        <TextField
          label="Budget in US dollars"
          reserve
          inputMode="decimal"
          value={typed.budget}
          placeholder={view.config.budgetUsd === null ? 'no limit' : `${view.config.budgetUsd} (default)`}
          hint="Warns you when the session goes over."
          error={budgetProblem(typed)}
          onText={(budget) => type({ budget })}
        />
      </div>
    </details>
  )
}
