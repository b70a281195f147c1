/** The bar under the terminal of a shell that has ended: how, and what can be done. */

import { RotateCcw } from 'lucide-react'
import type { Shell } from '../../shared/model/shell.ts'
import { Button } from '../design/Button.tsx'
import { closeShell, restartShell } from '../state/actions.ts'
import { useAway } from '../state/store.ts'
import { shellEndWords } from './end-words.ts'
import type { Exit } from './showing.ts'
import { StartAgain } from './StartAgain.tsx'
import styles from './Terminals.module.css'

/** Draws nothing until the terminal has shown all that the shell printed. */
export function ShellEnded(props: { readonly shell: Shell; readonly exit: Exit | null; readonly onLeave: () => void }) {
  const { shell, exit, onLeave } = props
  const away = useAway()
  if (exit === null) return null
  return (
    <div className={styles['bar']} aria-live="polite">
      <span className={styles['says']}>{shellEndWords(shell.exit ?? exit)}</span>
      <Button size="small" look="quiet" refused={away} onClick={() => void closeShell(shell).then(onLeave)}>
        Close
      </Button>
      <StartAgain icon={<RotateCcw />} refused={away} start={() => restartShell(shell)}>
        Restart
      </StartAgain>
    </div>
  )
}
