/** The dialog “Archived sessions”: every one of them, by name or prompt, with the way back. */

import { useDeferredValue, useRef, useState, type KeyboardEvent } from 'react'
import type { Session } from '../../shared/model/session.ts'
import { Button } from '../design/Button.tsx'
import { Dialog } from '../design/Dialog.tsx'
import { EmptyState } from '../design/EmptyState.tsx'
import { TextField } from '../design/Field.tsx'
import { restore } from '../state/actions.ts'
import { dayWords, money, timeOfDay } from '../state/format.ts'
import { closeDialog, openDialog, useAway } from '../state/store.ts'
import { useNow } from '../state/use-now.ts'
import styles from './Archive.module.css'
import { archivedAmong, archivedWords, countWords } from './wording.ts'

type RowProps = {
  readonly session: Session
  readonly now: number
  readonly away: string | null
  /** The name of the one that is being restored. */
  readonly busy: string | null
  readonly onRestore: (name: string) => void
}

function Row({ session, now, away, busy, onRestore }: RowProps) {
  const at = session.archive?.at ?? session.startedAt
  return (
    <li className={styles['row']}>
      <div className={styles['about']}>
        <span className={styles['name']} title={session.name}>
          {session.name}
        </span>
        <span className={styles['quiet']} title={session.prompt}>
          {archivedWords(session)}
        </span>
      </div>
      <time className={styles['when']} dateTime={at}>
        {dayWords(at, now)}, {timeOfDay(at)}
      </time>
      <span className={styles['spent']}>{money(session.spentUsd)}</span>
      <Button
        size="small"
        aria-label={`Restore ${session.name}`}
        busy={busy === session.name}
        refused={away ?? (busy === null || busy === session.name ? null : `“${busy}” is being restored.`)}
        onClick={() => onRestore(session.name)}
      >
        Restore
      </Button>
    </li>
  )
}

/** The arrow keys go from one button to the next; Tab does as well, and by 50 buttons that is long. */
function onListKey(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0) return
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, li button')]
  const at = stops.findIndex((stop) => stop === document.activeElement)
  const next = stops[at + step]
  if (at === -1 || next === undefined) return
  event.preventDefault()
  next.focus()
}

/** Draws the dialog. */
export function Archived({ sessions }: { readonly sessions: readonly Session[] }) {
  const away = useAway()
  const now = useNow(60_000)
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState<string | null>(null)
  const all = archivedAmong(sessions, '')
  const found = archivedAmong(sessions, useDeferredValue(typed))
  const onRestore = async (name: string): Promise<void> => {
    setBusy(name)
    const done = await restore(name)
    setBusy(null)
    if (done) openDialog(null)
  }
  return (
    <Dialog
      open
      wide
      title="Archived sessions"
      onClose={closeDialog}
      firstFocus={field}
      footer={
        <>
          <output className={styles['note']}>
            {typed.trim() === ''
              ? countWords(all.length, 'session')
              : `${found.length.toLocaleString('en')} of ${countWords(all.length, 'session')}`}
          </output>
          <Button onClick={closeDialog}>Close</Button>
        </>
      }
    >
      {all.length === 0 ? (
        <div className={styles['list']}>
          <EmptyState title="Nothing is archived">
            Archiving a session removes its worktree and keeps everything of it that git knows, or would not ignore.
          </EmptyState>
        </div>
      ) : (
        // Only keys that lead from one of its buttons to the next.
        // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
        <div className={styles['finder']} onKeyDown={onListKey}>
          <TextField
            ref={field}
            label="Search"
            placeholder="a part of the name or of the prompt"
            value={typed}
            onText={setTyped}
          />
          <ul className={styles['list']}>
            {found.map((session) => (
              <Row key={session.id} {...{ session, now, away, busy }} onRestore={(name) => void onRestore(name)} />
            ))}
            {found.length === 0 ? <li className={styles['none']}>None has “{typed.trim()}” in its name or prompt.</li> : null}
          </ul>
        </div>
      )}
    </Dialog>
  )
}
