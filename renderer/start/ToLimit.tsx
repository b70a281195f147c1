/** The way from a limit that was reached to its setting, and back. */

import { Button } from '../design/Button.tsx'
import { openDialog } from '../state/store.ts'

/** Draws the button. */
export function ToLimit() {
  return (
    <Button size="small" look="quiet" onClick={() => openDialog('settings', { at: 'maxSessions', back: 'new-session' })}>
      Settings
    </Button>
  )
}
