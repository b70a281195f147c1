/** The order in which comments are listed and sent. Pure. */

import type { CommentDraft } from './review.ts'

type Placed = Pick<CommentDraft, 'path' | 'lines'>

/** By path and line; what is about the whole work first, what is about a whole file before its lines. */
export function inOrder(a: Placed, b: Placed): number {
  if (a.path !== b.path) {
    if (a.path === null) return -1
    if (b.path === null) return 1
    return a.path < b.path ? -1 : 1
  }
  return (a.lines?.start ?? 0) - (b.lines?.start ?? 0) || (a.lines?.end ?? 0) - (b.lines?.end ?? 0)
}
