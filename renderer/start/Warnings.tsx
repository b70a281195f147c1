/** What is to be known before one more session starts, in quiet lines. */

import { TriangleAlert } from 'lucide-react'
import { Button } from '../design/Button.tsx'
import { openDialog } from '../state/store.ts'
import styles from './NewSession.module.css'
import type { Warning } from './warnings.ts'

/** Draws the lines; the one about the limit leads to the setting and back. */
export function Warnings({ warnings }: { readonly warnings: readonly Warning[] }) {
  return (
    <ul className={styles['warnings']} aria-live="polite" aria-label="To be known first">
      {warnings.map(({ kind, text }) => (
        <li key={kind} className={styles['warning']}>
          <TriangleAlert aria-hidden="true" />
          <p>{text}</p>
          {kind === 'full' ? (
            <Button size="small" look="quiet" onClick={() => openDialog('settings', { at: 'maxSessions', back: 'new-session' })}>
              Settings
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  )
}
