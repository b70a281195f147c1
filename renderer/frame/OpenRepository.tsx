/** The way to a repository: a path, or one that was open before. */

import { FolderGit2 } from 'lucide-react'
import { useState } from 'react'
import { Banner } from '../design/Banner.tsx'
import { Button } from '../design/Button.tsx'
import { Dialog } from '../design/Dialog.tsx'
import { TextField } from '../design/Field.tsx'
import { openRepository } from '../state/actions.ts'
import { splitPath } from '../state/format.ts'
import { openDialog, useAway } from '../state/store.ts'
import forms from './Forms.module.css'
import styles from './Welcome.module.css'

/** Draws the field and the recent repositories. */
export function RepositoryChooser({ recent }: { readonly recent: readonly string[] }) {
  const away = useAway()
  const [path, setPath] = useState('')
  const [opening, setOpening] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const open = async (chosen: string): Promise<void> => {
    if (chosen.trim() === '' || away !== null) return
    setOpening(true)
    setFailure(null)
    const failed = await openRepository(chosen.trim())
    setOpening(false)
    setFailure(failed?.message ?? null)
  }
  return (
    <>
      <form
        className={forms['row']}
        onSubmit={(event) => {
          event.preventDefault()
          void open(path)
        }}
      >
        <TextField
          label="Repository folder"
          code
          value={path}
          placeholder="/home/you/code/shop"
          onText={setPath}
          // The field is the only thing to do here.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
        />
        <Button
          look="primary"
          type="submit"
          busy={opening}
          refused={away ?? (path.trim() === '' ? 'Type the path of a folder first.' : null)}
        >
          Open
        </Button>
      </form>
      {failure === null ? null : <Banner tone="bad">{failure}</Banner>}
      {recent.length === 0 ? null : (
        <section className={styles['recent']} aria-label="Recent repositories">
          <h2 className={styles['label']}>Recent</h2>
          <ul>
            {recent.map((known) => {
              const { folder, name } = splitPath(known)
              return (
                <li key={known}>
                  <button type="button" className={styles['known']} onClick={() => void open(known)}>
                    <FolderGit2 aria-hidden="true" />
                    <span>{name}</span>
                    <span className={styles['folder']}>{folder}</span>
                  </button>
                </li>
              )
            })}
          </ul>
        </section>
      )}
    </>
  )
}

/** Draws the dialog “Open a repository”, over the one that is open. */
export function OpenRepository({ recent }: { readonly recent: readonly string[] }) {
  return (
    <Dialog
      open
      title="Open a repository"
      onClose={() => openDialog(null)}
      footer={<Button onClick={() => openDialog(null)}>Cancel</Button>}
    >
      <RepositoryChooser recent={recent} />
    </Dialog>
  )
}
