/** What stands between the lines of the diff: a comment, the editor of one, an image. */

import type { DiffOf } from '../../shared/model/diff.ts'
import { CommentCard } from './CommentCard.tsx'
import { CommentEditor } from './CommentEditor.tsx'
import { startChanging } from './comments-kept.ts'
import type { Note, Part } from './diff-items.ts'
import { isShown, linesNow, nowOf } from './comments.ts'
import { rowsOf } from './diff-rows.ts'
import styles from './DiffView.module.css'
import { Images } from './Images.tsx'
import type { Items } from './use-diff-items.ts'
import type { ShownDiff } from './use-diff.ts'

export type DiffNoteProps = {
  readonly note: Note
  readonly made: Items
  readonly part: Part | undefined
  readonly session: { readonly id: string; readonly name: string }
  readonly of: DiffOf
  readonly shown: ShownDiff
  /** Where the keyboard goes when what had it is gone. */
  readonly onClosed: () => void
}

/** Draws it; nothing where what it is about went away meanwhile. */
export function DiffNote({ note, made, part, session, of, shown, onClosed }: DiffNoteProps) {
  const file = part?.file ?? null
  if (part === undefined || file === null) return null
  if (note.kind === 'pictures') return <Images {...{ session, of, file }} standing={`${shown.head} ${part.section ?? ''}`} />
  if (note.kind === 'comment') {
    const comment = made.comments.get(note.key)
    if (comment === undefined) return null
    const inDiff = comment.lines === null || comment.changed === 'gone' || isShown(nowOf(comment), rowsOf(part.read))
    return (
      <div className={styles['note']}>
        <CommentCard
          {...{ comment, session, inDiff }}
          onChange={() => startChanging(session.id, of, comment)}
          onGone={onClosed}
        />
      </div>
    )
  }
  const writing = made.writings.get(note.key)
  if (writing === undefined) return null
  // A comment that is written anew stands where its card stood.
  const now =
    writing.lines === null || writing.id !== undefined ? writing.lines : linesNow(writing.lines, writing.code, rowsOf(part.read))
  return (
    <div className={styles['note']}>
      <CommentEditor {...{ writing, session, of, now, onClosed }} />
    </div>
  )
}
