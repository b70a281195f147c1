/** What the frame of the review gives the file list and the diff. */

import type { DiffOf } from '../../shared/model/diff.ts'
import type { Comment } from '../../shared/model/review.ts'
import type { Session } from '../../shared/model/session.ts'

/** For both. */
export type ReviewSlot = {
  readonly session: Session
  readonly of: DiffOf
  /** What was said of this work, whatever its state. */
  readonly comments: readonly Comment[]
}

/** For the diff. */
export type DiffSlot = ReviewSlot & {
  /** Told which file is on show at the top as one scrolls; null while none is. */
  readonly onTop: (path: string | null) => void
}

/** For the file list. */
export type ListSlot = ReviewSlot & {
  /** The file at the top of the diff. */
  readonly top: string | null
}
