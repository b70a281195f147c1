/** What of a diff lies beyond the end of its patch: which files to ask for next. Pure. */

import type { DiffFile } from '../../shared/model/diff.ts'

/** About what a portion may have: well below what the House gives at once. */
const MOST_LINES = 20_000
const MOST_FILES = 200

/** Of the missing files, in the order of the list, the one that somebody wants and those after it that make a portion. */
export function portionOf(missing: readonly DiffFile[], wanted: string): readonly DiffFile[] {
  const start = missing.findIndex(({ path }) => path === wanted)
  if (start === -1) return []
  let lines = 0
  const portion = missing.slice(start, start + MOST_FILES)
  const end = portion.findIndex(({ insertions, deletions }) => {
    lines += insertions + deletions
    return lines > MOST_LINES
  })
  return portion.slice(0, end === -1 ? undefined : Math.max(1, end))
}
