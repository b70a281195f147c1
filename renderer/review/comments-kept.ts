/** What the user is writing in the diff and has not saved: kept while it scrolls away, over a reload, and the same in every window. */

import * as z from 'zod'
import { create } from 'zustand'
import { diffOf, type DiffOf } from '../../shared/model/diff.ts'
import { lines, type Comment, type CommentDraft, type Lines } from '../../shared/model/review.ts'
import { oid } from '../../shared/model/session.ts'
import { onRememberedElsewhere, recall, remember } from '../state/memory.ts'

const writing = z.strictObject({
  key: z.string(),
  session: z.string(),
  /** The comment that is changed; left out: a new one. */
  id: z.string().optional(),
  path: z.string(),
  lines: lines.nullable(),
  /** The side that was on show when it was begun, and its commit: what it is about, also when the session has moved on. */
  of: diffOf,
  head: oid,
  /** What the lines said then; null where that is not known. */
  code: z.string().nullable(),
  text: z.string(),
  /** Null: none is suggested. */
  suggestion: z.string().nullable(),
  /** What was there before anything was typed: going back to that loses nothing. */
  before: z.strictObject({ text: z.string(), suggestion: z.string().nullable() }),
})
export type Writing = z.infer<typeof writing>

const MOST_KEPT = 40
const NAME = 'comments-unsaved'

type Kept = {
  readonly all: readonly Writing[]
  /** The one that the keyboard goes to as soon as it is drawn. */
  readonly fresh: string | null
}

const kept = (): readonly Writing[] => recall(NAME, z.array(writing), [])

export const useWritings = create<Kept>()(() => ({ all: kept(), fresh: null }))

// Two windows that each wrote their own list would lose the other's.
if (typeof addEventListener === 'function') onRememberedElsewhere(NAME, () => useWritings.setState({ all: kept() }))

function keep(all: readonly Writing[], fresh = useWritings.getState().fresh): void {
  const most = withinMost(all)
  useWritings.setState({ all: most, fresh })
  remember(NAME, most.length === 0 ? undefined : most)
}

/** The oldest go first, those in which nothing is written before all others. */
function withinMost(all: readonly Writing[]): readonly Writing[] {
  if (all.length <= MOST_KEPT) return all
  const empty = all.find((one) => !wouldLose(one))
  return withinMost(all.filter((one) => one !== (empty ?? all[0])))
}

/** What a comment is begun on. */
export type Begun = Pick<Writing, 'of' | 'head' | 'code'>

/** Lines of the same number are others where the session has moved on. */
const keyOf = (session: string, path: string, about: Lines | null, { code }: Begun): string =>
  JSON.stringify([session, path, about === null ? null : [about.side, about.start, about.end, code?.slice(0, 200) ?? null]])

/** Opens an editor for a new comment, or leads back to the one that is open for these lines. */
export function startWriting(session: string, path: string, about: Lines | null, begun: Begun): void {
  const key = keyOf(session, path, about, begun)
  const { all } = useWritings.getState()
  if (all.some((one) => one.key === key)) return useWritings.setState({ fresh: key })
  const before = { text: '', suggestion: null }
  keep([...all, { key, session, path, lines: about, ...begun, ...before, before }], key)
}

/** Opens a draft again. It stays about the lines, of the commit, that it was written about. */
export function startChanging(session: string, of: DiffOf, comment: Comment): void {
  if (comment.path === null) return
  const key = comment.id
  const { all } = useWritings.getState()
  if (all.some((one) => one.key === key)) return useWritings.setState({ fresh: key })
  const before = { text: comment.text, suggestion: comment.suggestion ?? null }
  const { id, path, lines: about, head, quoted } = comment
  const code = about === null ? null : quoted.join('\n')
  keep([...all, { key, session, id, path, lines: about, of, head, code, ...before, before }], key)
}

export function write(key: string, change: Partial<Pick<Writing, 'text' | 'suggestion'>>): void {
  keep(useWritings.getState().all.map((one) => (one.key === key ? { ...one, ...change } : one)))
}

export function stopWriting(key: string): void {
  keep(
    useWritings.getState().all.filter((one) => one.key !== key),
    null,
  )
}

/** What it is as a draft of the review; `about`: the lines, where they are other ones than it was begun on. */
export function draftOf({ id, path, lines: begun, text, suggestion, head }: Writing, about: Lines | null = begun): CommentDraft {
  return {
    ...(id === undefined ? {} : { id }),
    path,
    lines: about,
    text: text.trim() === '' && suggestion !== null ? 'Please change this as suggested.' : text.trim(),
    ...(suggestion === null ? {} : { suggestion }),
    head,
  }
}

/** True once: who asks puts the keyboard there. */
export function takeFresh(key: string): boolean {
  if (useWritings.getState().fresh !== key) return false
  useWritings.setState({ fresh: null })
  return true
}

/** Whether closing it would lose something. */
export function wouldLose({ text, suggestion, before }: Writing): boolean {
  return text.trim() !== before.text.trim() || (suggestion !== before.suggestion && suggestion !== null)
}
