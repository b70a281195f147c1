/** The dialog “Open a repository”, over the one that is open. */

import { useRef } from 'react'
import { Button } from '../design/Button.tsx'
import { Dialog } from '../design/Dialog.tsx'
import { closeDialog } from '../state/store.ts'
import { RepositoryChooser } from './RepositoryChooser.tsx'
import { useOpening } from './use-opening.ts'

/** Draws the dialog. */
export function OpenRepository({ recent }: { readonly recent: readonly string[] }) {
  const field = useRef<HTMLInputElement>(null)
  const opening = useOpening(recent)
  return (
    <Dialog
      open
      title="Open a repository"
      onClose={closeDialog}
      firstFocus={field}
      footer={<Button onClick={closeDialog}>Cancel</Button>}
    >
      <RepositoryChooser recent={recent} opening={opening} hint="Type its path, or choose it." field={field} />
    </Dialog>
  )
}
