/** What the review of this window looks at: which side of a session, which diff is on show, which file was asked for. */

import * as z from 'zod'
import { create } from 'zustand'
import type { DiffFile, DiffOf } from '../../shared/model/diff.ts'
import { recall, remember } from './memory.ts'

/** The diff on show. */
export type Reviewed = {
  /** The session, by id. */
  readonly session: string
  readonly of: DiffOf
  /** The commit that can be seen: what is approved is that one. */
  readonly head: string
  readonly files: readonly DiffFile[]
}

/** What opens over the review: the choice of what to look at, what stands before a landing, what can be decided. */
export type Over = 'sides' | 'readiness' | 'decisions'

type Looking = {
  /** The side that was chosen, and for which session, by id; any other shows its branch. */
  readonly side: { readonly session: string; readonly of: DiffOf } | null
  /** Null while none is: it loads, or the review is folded away. */
  readonly reviewed: Reviewed | null
  /** The file to go to, the line in it as it is now, and how often one was asked for. */
  readonly reveal: {
    readonly session: string
    readonly path: string
    readonly line: number | null
    readonly asked: number
  } | null
  /** How often the diff was asked for anew. */
  readonly reloads: number
  /** What is open over the review of which session, by id. */
  readonly opened: { readonly what: Over; readonly session: string } | null
  /** Whether what the session says of its work, and its commits, are unfolded. */
  readonly about: boolean
}

export const useReview = create<Looking>()(() => ({
  side: null,
  reviewed: null,
  reveal: null,
  reloads: 0,
  opened: null,
  about: recall('review.about', z.boolean(), false),
}))

/** The side on show of a session. */
export function sideOf({ side }: Pick<Looking, 'side'>, session: string): DiffOf {
  return side?.session === session ? side.of : 'branch'
}

export function chooseSide(session: string, of: DiffOf): void {
  useReview.setState({ side: { session, of } })
}

/** The review says which diff is on show, or that none is. */
export function setReviewed(reviewed: Reviewed | null): void {
  // A file that was asked for in another session is still to come.
  useReview.setState((before) =>
    reviewed === null && before.reveal?.session === before.reviewed?.session ? { reviewed, reveal: null } : { reviewed },
  )
}

/** Goes to a file of the diff, now or as soon as the diff is on show. */
export function revealFile(session: string, path: string, line: number | null = null): void {
  useReview.setState(({ reveal }) => ({ reveal: { session, path, line, asked: (reveal?.asked ?? 0) + 1 } }))
}

/** Opens one of them over the review of a session, by id, or closes it. */
export function setOpened(what: Over, session: string, open: boolean): void {
  useReview.setState(({ opened }) => {
    if (open) return { opened: { what, session } }
    return opened?.what === what && opened.session === session ? { opened: null } : {}
  })
}

/** Closes what is open over the review of a session, by id. */
export function closeOver(session: string): void {
  useReview.setState(({ opened }) => (opened?.session === session ? { opened: null } : {}))
}

/** Whether it is open over the review of a session, by id. */
export function useIsOver(what: Over, session: string): boolean {
  return useReview(({ opened }) => opened?.what === what && opened.session === session)
}

export function setAbout(about: boolean): void {
  remember('review.about', about)
  useReview.setState({ about })
}

export function reloadDiff(): void {
  useReview.setState(({ reloads }) => ({ reloads: reloads + 1 }))
}
