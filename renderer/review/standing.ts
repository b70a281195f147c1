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

/** `some`: there are files, and nobody has counted them yet. */
export type Counts = Readonly<Record<PlainSide, number | 'some' | null>>

type Sized = Pick<Session, 'ahead' | 'dirty' | 'files'>

/**
 * How many files each side has. What the session says of its size is both sides in one, so that it is one side's only while the
 * other has none; `counted`: what was counted of the sides while the session was as it is now.
 */
export function countsOf(
  { ahead, dirty, files }: Sized,
  of: DiffOf,
  shown: readonly DiffFile[] | null,
  counted: Partial<Record<PlainSide, number>> = {},
): Counts {
  const said: Counts = {
    branch: dirty ? (ahead === 0 ? 0 : 'some') : files,
    uncommitted: dirty ? (ahead === 0 ? files : 'some') : 0,
  }
  return { ...said, ...counted, ...(shown === null ? {} : { [of]: shown.length }) }
}
