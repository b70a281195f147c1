/** What is kept of a review, one document a session, and what changes it. The shapes that the store keeps: add, never change. Pure. */

import * as z from 'zod'
import { comment, type Comment } from '../../shared/model/review.ts'
import { oid } from '../../shared/model/session.ts'
import type { Mark } from './reviewed.ts'

const of = { session: z.string() }

/** What the history tells of a review. What a user only reads or drafts is in the document alone. */
export const reviewFact = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('review-sent'), ...of, comments: z.number().int() }),
  /** `to`: the session, by id, that reviews it. */
  z.strictObject({ kind: z.literal('review-handed'), ...of, to: z.string(), head: oid }),
  /** `by`: the session, by id, that found it; `vague`: its answer names nothing that a comment could be made of. */
  z.strictObject({
    kind: z.literal('review-found'),
    ...of,
    by: z.string(),
    comments: z.number().int(),
    vague: z.literal(true).optional(),
  }),
  /** By the user, not by the session; `amended`: in the place of its last commit. */
  z.strictObject({ kind: z.literal('work-committed'), ...of, head: oid, amended: z.boolean() }),
  /** `part`: only some lines of the file; `snapshot`: the commit that keeps what was there. */
  z.strictObject({ kind: z.literal('work-discarded'), ...of, path: z.string(), part: z.boolean(), snapshot: oid }),
  z.strictObject({ kind: z.literal('pull-opened'), ...of, remote: z.string(), head: oid, url: z.string() }),
])
export type ReviewFact = z.infer<typeof reviewFact>

const mark = z.strictObject({ path: z.string(), from: z.string().nullable(), to: z.string().nullable(), key: z.string() })

export const keptComment = comment.omit({ changed: true, now: true, by: true }).extend({
  /** Of a comment on a whole file: what it held, as a hash; null: there was none. */
  print: z.string().nullable().optional(),
  /** The session had it once: opened again, it is no draft. */
  sent: z.literal(true).optional(),
  /** The session, by id and by the name that it had. */
  by: z.strictObject({ session: z.string(), name: z.string() }).optional(),
})
export type KeptComment = z.infer<typeof keptComment>

export const reviewRecord = z.strictObject({
  marks: z.array(mark).readonly(),
  /** The commit that the user saw last, and where its branch had left the target then. */
  looked: z.strictObject({ head: oid, base: oid, at: z.iso.datetime() }).nullable(),
  comments: z.array(keptComment).readonly(),
  /** A prompt of these drafts that is not confirmed yet. */
  sending: z
    .strictObject({ text: z.string(), ids: z.array(z.string()).readonly(), at: z.iso.datetime() })
    .nullable()
    .default(null),
  /** The sessions, by id, that review it; `heard`: their message that was read last. */
  handed: z
    .array(z.strictObject({ to: z.string(), base: oid, head: oid, heard: z.string().nullable() }))
    .readonly()
    .default([]),
})
export type ReviewRecord = z.infer<typeof reviewRecord>

export const NO_REVIEW: ReviewRecord = { marks: [], looked: null, comments: [], sending: null, handed: [] }

/** A file is marked with what it holds now: older marks of the same change stay, so that each side may have its own. */
const MARKS_A_FILE = 4

/** Adds the marks of these files as the newest, or takes away all that they have. */
export function marked(record: ReviewRecord, paths: readonly string[], marks: readonly Mark[] | null): ReviewRecord {
  const meant = new Set(paths)
  if (marks === null) return { ...record, marks: record.marks.filter(({ path }) => !meant.has(path)) }
  const isNew = new Set(marks.map(({ path, key }) => JSON.stringify([path, key])))
  const others = record.marks.filter(({ path, key }) => !isNew.has(JSON.stringify([path, key])))
  const all = [...others, ...marks]
  const count = new Map<string, number>()
  for (const { path } of all) count.set(path, (count.get(path) ?? 0) + 1)
  const kept = all.filter(({ path }) => {
    const left = count.get(path) ?? 0
    count.set(path, left - 1)
    return left <= MARKS_A_FILE
  })
  return { ...record, marks: kept }
}

/** Puts the comment in the place of the one with its id, or after all others. A draft that changed is no longer what was typed. */
export function commented(record: ReviewRecord, comment: KeptComment): ReviewRecord {
  const known = record.comments.some(({ id }) => id === comment.id)
  const comments = known ? record.comments.map((one) => (one.id === comment.id ? comment : one)) : [...record.comments, comment]
  return { ...notSending(record, comment.id), comments }
}

export function withoutComment(record: ReviewRecord, id: string): ReviewRecord {
  return { ...notSending(record, id), comments: record.comments.filter((one) => one.id !== id) }
}

function notSending(record: ReviewRecord, id: string): ReviewRecord {
  const { sending } = record
  return sending === null ? record : { ...record, sending: { ...sending, ids: sending.ids.filter((one) => one !== id) } }
}

/** A comment is done with, or is not after all: then the session has it, or only the user, as before. */
export function resolved(record: ReviewRecord, id: string, isResolved: boolean): ReviewRecord {
  const comments = record.comments.map((one): KeptComment => {
    if (one.id !== id) return one
    if (isResolved) return { ...one, state: 'resolved' }
    return one.state === 'resolved' ? { ...one, state: one.sent === true ? 'sent' : 'draft' } : one
  })
  return { ...record, comments }
}

/** The session has these. */
export function sent(record: ReviewRecord, ids: readonly string[]): ReviewRecord {
  const comments = record.comments.map((one): KeptComment =>
    ids.includes(one.id) && one.state === 'draft' ? { ...one, state: 'sent', sent: true } : one,
  )
  return { ...record, comments, sending: null }
}

export function draftsOf(record: ReviewRecord): readonly KeptComment[] {
  return record.comments.filter(({ state }) => state === 'draft')
}

/** Takes a comment as it is kept, where it is now, and how its author is called; gives what the user sees. */
export function commentView(
  { print: _print, sent: _sent, by, ...kept }: KeptComment,
  place: Pick<Comment, 'changed' | 'now'>,
  nameOf: (id: string) => string | undefined,
): Comment {
  return { ...kept, ...place, ...(by === undefined ? {} : { by: nameOf(by.session) ?? by.name }) }
}
