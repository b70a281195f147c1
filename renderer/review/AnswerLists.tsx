/** What the dialog “Ask for changes” lists: comments to send, those that are still being written, and those that wait to be resolved. */

import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Comment } from '../../shared/model/review.ts'
import type { Session } from '../../shared/model/session.ts'
import { Button } from '../design/Button.tsx'
import { IconButton } from '../design/IconButton.tsx'
import { asSeen } from '../state/as-seen.ts'
import { diffPaths } from '../state/diff-paths.ts'
import { deleteComment, resolveComment, saveComment } from '../state/review-acts.ts'
import { sideOf, useReview } from '../state/reviewed.ts'
import { showLine } from '../state/show-line.ts'
import { closeDialog, toast, useAway } from '../state/store.ts'
import { draftOf, stopWriting, type Writing } from './comments-kept.ts'
import { placeWords } from './comments.ts'
import styles from './Dialogs.module.css'

type Placed = Pick<Comment, 'path' | 'lines' | 'now'>

/** Shows it on the side on show where that has the file, else where the file is. */
async function show(session: Session, path: string, line: number | null): Promise<void> {
  closeDialog()
  const { reviewed } = useReview.getState()
  const isHere = reviewed?.session === session.id && reviewed.files.some((file) => file.path === path)
  if (isHere) return showLine(session.id, sideOf(useReview.getState(), session.id), path, line)
  const { branch, uncommitted } = await diffPaths(session)
  showLine(session.id, !branch.includes(path) && uncommitted.includes(path) ? 'uncommitted' : 'branch', path, line)
}

function Place({ about, session }: { readonly about: Placed; readonly session: Session }) {
  const { path, lines, now } = about
  const words = placeWords(about)
  return path === null ? (
    <span className={styles['place']}>{words}</span>
  ) : (
    <button
      type="button"
      className={styles['place']}
      title="Show it in the diff"
      onClick={() => void show(session, path, (now ?? lines)?.start ?? null)}
    >
      {words}
    </button>
  )
}

type One = { readonly comment: Comment; readonly session: Session }

function Told({ comment, session }: One) {
  const { text, suggestion, by, changed } = comment
  return (
    <div className={styles['said']}>
      <Place about={comment} session={session} />
      {by === undefined ? null : <span className={styles['by']}>found by “{by}”</span>}
      {changed === 'no' ? null : (
        <span className={styles['by']}>{changed === 'yes' ? 'the code changed since' : 'the code is gone'}</span>
      )}
      <p className={styles['words']}>{asSeen(text)}</p>
      {suggestion === undefined ? null : <span className={styles['by']}>with a suggested edit</span>}
    </div>
  )
}

/** A draft of the review: it is sent. */
export function Draft({ comment, session }: One) {
  return (
    <li className={styles['draft']}>
      <Told comment={comment} session={session} />
      <IconButton
        small
        label={`Delete the comment on ${placeWords(comment)}`}
        onClick={() => void deleteComment(session.name, comment.id)}
      >
        <Trash2 />
      </IconButton>
    </li>
  )
}

/** One that the session has: also those that no diff shows, because they are about the whole work or their file is gone. */
export function Sent({ comment, session }: One) {
  const [doing, setDoing] = useState(false)
  const away = useAway()
  return (
    <li className={styles['draft']}>
      <Told comment={comment} session={session} />
      <Button
        size="small"
        refused={away}
        busy={doing}
        aria-label={`Resolve the comment on ${placeWords(comment)}`}
        onClick={() => {
          setDoing(true)
          void resolveComment(session.name, comment.id, true).finally(() => setDoing(false))
        }}
      >
        Resolve
      </Button>
    </li>
  )
}

/** One that was typed in the diff and not added to the review: it is not sent as it is. */
export function Unsaved({ writing, session }: { readonly writing: Writing; readonly session: Session }) {
  const [doing, setDoing] = useState(false)
  const away = useAway()
  const about: Placed = { path: writing.path, lines: writing.lines, now: null }
  const add = async (): Promise<void> => {
    setDoing(true)
    const answer = await saveComment(session.name, writing.of, draftOf(writing))
    setDoing(false)
    if (answer.ok) stopWriting(writing.key)
    else if (answer.failure.code !== 'fault') toast({ tone: 'failure', message: answer.failure.message })
  }
  return (
    <li className={styles['draft']}>
      <div className={styles['said']}>
        <Place about={about} session={session} />
        <p className={styles['words']}>{asSeen(writing.text)}</p>
      </div>
      <Button
        size="small"
        refused={away}
        busy={doing}
        aria-label={`Add the comment on ${placeWords(about)}`}
        onClick={() => void add()}
      >
        {writing.id === undefined ? 'Add' : 'Save'}
      </Button>
    </li>
  )
}
