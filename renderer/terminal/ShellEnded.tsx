/** The bar under the terminal of a shell that has ended: how, and what can be done. */

import { RotateCcw } from 'lucide-react'
import type { Shell } from '../../shared/model/shell.ts'
import { Button } from '../design/Button.tsx'
import { Keys } from '../design/Keys.tsx'
import { useAway } from '../state/store.ts'
import { shellEndWords } from './end-words.ts'
import type { Exit } from './showing.ts'
import { StartAgain } from './StartAgain.tsx'
import styles from './Terminals.module.css'

type ShellEndedProps = {
  readonly shell: Shell
  readonly exit: Exit | null
  readonly onClose: () => void
  /** Settles once it was started, or was not. */
  readonly onRestart: () => Promise<unknown>
}

/** Draws nothing until the terminal has shown all that the shell printed. */
export function ShellEnded({ shell, exit, onClose, onRestart }: ShellEndedProps) {
  const away = useAway()
  if (exit === null) return null
  return (
    <div className={styles['bar']} aria-live="polite">
      <span className={styles['says']}>
        {shellEndWords(shell.exit ?? exit)}
        <span className={styles['keys']}>
          <Keys signs={['Enter']} /> starts it again.
        </span>
      </span>
      <Button size="small" look="quiet" refused={away} onClick={onClose}>
        Close
      </Button>
      <StartAgain icon={<RotateCcw />} refused={away} start={onRestart}>
        Restart
      </StartAgain>
    </div>
  )
}
