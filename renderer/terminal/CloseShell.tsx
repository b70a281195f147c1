/** Asks before a shell is closed in which a program runs. */

import { useRef } from 'react'
import type { Shell } from '../../shared/model/shell.ts'
import { Button } from '../design/Button.tsx'
import { Dialog } from '../design/Dialog.tsx'
import { closeShell } from '../state/actions.ts'
import { labelOf, useTabs } from '../state/shells.ts'
import { closeDialog, useAway } from '../state/store.ts'

type CloseShellProps = {
  readonly shell: Shell | null
  /** Where the keyboard goes afterwards. */
  readonly screen: () => HTMLElement | null
}

/** Draws the dialog; nothing for a shell that was closed meanwhile. */
export function CloseShell({ shell, screen }: CloseShellProps) {
  const away = useAway()
  const message = useTabs(({ busy }) => (busy !== null && busy.shell === shell?.id ? busy.message : null))
  const keep = useRef<HTMLButtonElement>(null)
  if (shell === null) return null
  // At once: it takes a moment until all of it has ended, and by then another dialog may be open.
  const onClose = (): void => {
    closeDialog()
    void closeShell(shell, true)
  }
  return (
    <Dialog
      open
      title={`Close ${labelOf(shell)}?`}
      onClose={closeDialog}
      firstFocus={keep}
      lastFocus={screen}
      asks
      footer={
        <>
          <Button ref={keep} onClick={closeDialog}>
            Keep it
          </Button>
          <Button look="primary" refused={away} onClick={onClose}>
            Close the shell
          </Button>
        </>
      }
    >
      <p>{message ?? 'A program runs in this shell. Closing the shell ends it.'}</p>
    </Dialog>
  )
}
