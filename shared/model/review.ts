/** What the user says to a session's work: comments, and whether it is ready to land. What it said of it itself. */

import * as z from 'zod'
import { oid } from './session.ts'

/** Lines of a file as the diff shows it, from 1, the last one included; `old` are lines that are gone. */
export const lines = z.strictObject({
  side: z.enum(['old', 'new']),
  start: z.number().int().min(1),
  end: z.number().int().min(1),
})
export type Lines = z.infer<typeof lines>

const text = z.string().trim().min(1).max(20_000)

/** What the user writes. */
export const commentDraft = z.strictObject({
  /** Left out: a new one. */
  id: z.string().max(100).optional(),
  /** Null: of the whole work. */
  path: z.string().min(1).max(4096).nullable(),
  /** Null: of the whole file. */
  lines: lines.nullable(),
  text,
  /** What the lines should be instead. */
  suggestion: z.string().max(20_000).optional(),
  /** The commit that was looked at. */
  head: oid,
})
export type CommentDraft = z.infer<typeof commentDraft>

export const comment = z.strictObject({
  ...commentDraft.shape,
  id: z.string(),
  /** The lines that it is about, as they were. */
  quoted: z.array(z.string()).readonly(),
  at: z.iso.datetime(),
  /** A draft is nobody's but the user's; `sent`: the session has it; `resolved`: it is done with. */
  state: z.enum(['draft', 'sent', 'resolved']),
  /** The session, by name, that found it; left out: the user wrote it. */
  by: z.string().optional(),
  /** Whether the code under it is another one now; `gone`: the file or the lines are not there any more. */
  changed: z.enum(['no', 'yes', 'gone']),
  /** Where its lines are now; null where they cannot be found, and for one without lines. */
  now: lines.nullable(),
})
export type Comment = z.infer<typeof comment>

/** One thing that stands between a session and its landing, or that the user should know before. */
export const READINESS = [
  'problem',
  'empty',
  'dirty',
  'handoff',
  'conflict',
  'not-approved',
  'behind',
  'out-of-scope',
  'comments',
  'unviewed',
  'checks',
] as const
export const readinessLine = z.strictObject({
  kind: z.enum(READINESS),
  /** `blocks`: the queue would not land it; `warns`: it would; `good`: nothing to do. */
  level: z.enum(['blocks', 'warns', 'good']),
  /** A sentence, with what to do where there is something. */
  text: z.string(),
  files: z.array(z.string()).readonly(),
})
export type ReadinessLine = z.infer<typeof readinessLine>

export const review = z.strictObject({
  session: z.string(),
  /** The commit that the user looked at last, and when. */
  looked: z.strictObject({ head: oid, at: z.iso.datetime() }).nullable(),
  /** In the order in which they were written. */
  comments: z.array(comment).readonly(),
  /** What blocks first. */
  readiness: z.array(readinessLine).readonly(),
})
export type Review = z.infer<typeof review>

export const commit = z.strictObject({
  oid,
  subject: z.string(),
  /** The message after its first line. */
  body: z.string(),
  author: z.string(),
  at: z.iso.datetime({ offset: true }),
})
export type Commit = z.infer<typeof commit>

/** `message`: what the session said last, in Markdown. */
export const summary = z.strictObject({
  commits: z.array(commit).readonly(),
  /** How many came before these; left out: none. */
  earlier: z.number().int().optional(),
  message: z.string().nullable(),
})
export type Summary = z.infer<typeof summary>

/** What a pull request would take. `missing`: a sentence that says why none can be opened from here. */
export const pullLook = z.strictObject({
  remotes: z.array(z.strictObject({ name: z.string(), url: z.string() })).readonly(),
  branch: z.string(),
  title: z.string(),
  body: z.string(),
  missing: z.string().nullable(),
  /** The address of the one that is open already. */
  open: z.string().nullable(),
})
export type PullLook = z.infer<typeof pullLook>
