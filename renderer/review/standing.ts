/** What of a session makes its diff another one, and how many files each side of the review has. Pure. */

import type { DiffFile, DiffOf, PlainSide } from '../../shared/model/diff.ts'
import type { Session } from '../../shared/model/session.ts'

/** Differs whenever its diff may: what is on show is asked for again then. */
export function standingOf(session: Session): string {
  const { name, head, behind, dirty, files, insertions, deletions, edits, problem, repair, state } = session
  // What was wrong with its worktree and is not any more was the reason why there was no diff.
  // One that is still being made has no worktree yet, one that is archived none any more.
  const place = state === 'starting' || state === 'archived' ? state : null
  return JSON.stringify([name, head, behind, dirty, files, insertions, deletions, edits, problem, repair, place])
}

export type Counts = Readonly<Record<PlainSide, number | null>>

type Sized = Pick<Session, 'ahead' | 'dirty' | 'files'>

/**
 * How many files each side has; null where that is not known, or says nothing. What the session says of its size is both sides
 * in one, so that it is one side's only while the other has none.
 */
export function countsOf({ ahead, dirty, files }: Sized, of: DiffOf, shown: readonly DiffFile[] | null): Counts {
  const said: Counts = {
    branch: dirty ? (ahead === 0 ? 0 : null) : files,
    uncommitted: dirty && ahead === 0 ? files : null,
  }
  return shown === null ? said : { ...said, [of]: of === 'uncommitted' && shown.length === 0 ? null : shown.length }
}
