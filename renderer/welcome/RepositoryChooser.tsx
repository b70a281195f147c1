/** The way to a repository: a path with its folders underneath, the system's own chooser, or one that was open before. */

import { FolderGit2 } from 'lucide-react'
import { useRef, useState, type RefObject } from 'react'
import { Button } from '../design/Button.tsx'
import { PathField } from '../design/PathField.tsx'
import { splitPath } from '../state/format.ts'
import { useFolders } from './use-folders.ts'
import type { Opening } from './use-opening.ts'
import styles from './Welcome.module.css'

function Recent({ recent, onOpen }: { readonly recent: readonly string[]; readonly onOpen: (path: string) => void }) {
  return (
    <section aria-label="Recent repositories">
      <h2 className={styles['label']}>Recent</h2>
      <ul>
        {recent.map((known) => {
          const { folder, name } = splitPath(known)
          return (
            <li key={known}>
              <button type="button" className={styles['known']} title={known} onClick={() => onOpen(known)}>
                <FolderGit2 aria-hidden="true" />
                <span>{name}</span>
                <span className={styles['folder']}>{folder}</span>
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

export type RepositoryChooserProps = {
  readonly recent: readonly string[]
  readonly opening: Opening
  /** Under the field while nothing else is to be said there. */
  readonly hint: string
  readonly field?: RefObject<HTMLInputElement | null>
}

/** Draws the field, the buttons and the recent repositories. */
export function RepositoryChooser({ recent, opening, hint, field }: RepositoryChooserProps) {
  const own = useRef<HTMLInputElement>(null)
  const input = field ?? own
  const [listOpen, setListOpen] = useState(false)
  const { path, sentence, away } = opening
  const choices = useFolders(listOpen ? path : '')
  const isEmpty = path.trim() === ''
  const browse = (): void => {
    if (opening.choose !== null) return opening.choose()
    if (path === '') opening.type('~/')
    setListOpen(true)
    input.current?.focus()
  }
  return (
    <div>
      <form
        className={styles['row']}
        onSubmit={(event) => {
          event.preventDefault()
          setListOpen(false)
          opening.open(path)
        }}
      >
        <PathField
          label="Repository folder"
          value={path}
          placeholder="~/code/shop"
          choices={choices}
          open={listOpen}
          inputRef={input}
          onText={opening.type}
          onOpen={setListOpen}
        />
        <Button
          look={isEmpty ? 'primary' : 'normal'}
          refused={away}
          aria-expanded={opening.choose === null ? listOpen : undefined}
          onClick={browse}
        >
          Browse…
        </Button>
        <Button
          look={isEmpty ? 'normal' : 'primary'}
          type="submit"
          busy={opening.opening}
          refused={away ?? (isEmpty ? 'Type or choose the path of a folder first.' : null)}
        >
          Open
        </Button>
      </form>
      <p className={styles['sentence']} data-tone={sentence?.tone} role={sentence === null ? undefined : 'alert'}>
        {sentence?.words ?? hint}
      </p>
      {recent.length === 0 ? null : <Recent recent={recent} onOpen={opening.open} />}
    </div>
  )
}
