/** Commands that the repository's files suggest, each with the button that takes it. Nothing is run. */

import { Plus } from 'lucide-react'
import type { Guess } from '../../shared/model/found.ts'
import { Button } from '../design/Button.tsx'
import { focusControlOf } from './control-in.ts'
import styles from './Settings.module.css'

/** Draws one line for each; nothing for none. */
export function Guessed({ guesses, onAdd }: { readonly guesses: readonly Guess[]; readonly onAdd: (command: string) => void }) {
  if (guesses.length === 0) return null
  return (
    <ul className={styles['guesses']}>
      {guesses.map(({ command, from }) => (
        <li key={command} className={styles['guess']}>
          <span className={styles['hint']}>Found in {from}:</span>
          <code className={styles['command']}>{command}</code>
          <Button
            size="small"
            look="quiet"
            icon={<Plus />}
            aria-label={`Add ${command}`}
            onClick={(event) => {
              focusControlOf(event.currentTarget)
              onAdd(command)
            }}
          >
            Add
          </Button>
        </li>
      ))}
    </ul>
  )
}
