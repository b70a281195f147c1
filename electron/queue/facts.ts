/** What can happen to the landing queue, and what it knows. The shapes that `events` keeps: add, never change. */

import * as z from 'zod'
import { why as whySchema } from '../../shared/model/queue.ts'
import { oid } from '../../shared/model/session.ts'

const of = { session: z.string() }

export const queueFact = z.discriminatedUnion('kind', [
  /** `head` is the approved commit of the session's branch: the one that lands, or nothing. */
  z.strictObject({ kind: z.literal('entry-added'), ...of, head: oid }),
  z.strictObject({ kind: z.literal('entry-removed'), ...of }),
  z.strictObject({ kind: z.literal('entry-retried'), ...of, head: oid }),
  z.strictObject({ kind: z.literal('rebase-started'), ...of, branch: z.string(), target: oid }),
  z.strictObject({ kind: z.literal('rebased'), ...of, target: oid, rebased: oid }),
  z.strictObject({ kind: z.literal('checks-passed'), ...of, target: oid, rebased: oid }),
  z.strictObject({ kind: z.literal('landed'), ...of, before: oid, after: oid, message: z.string().optional() }),
  z.strictObject({
    kind: z.literal('entry-blocked'),
    ...of,
    why: whySchema,
    message: z.string(),
    files: z.array(z.string()).readonly(),
  }),
  /** The target moved away under an entry, or Sluice stopped in the middle: it starts over. */
  z.strictObject({ kind: z.literal('entry-restarted'), ...of, message: z.string() }),
])
export type QueueFact = z.infer<typeof queueFact>

const phaseSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('waiting'), message: z.string().optional() }),
  /** `branch` is the target branch, `target` the commit it was at. */
  z.strictObject({ kind: z.literal('rebasing'), branch: z.string(), target: oid }),
  z.strictObject({ kind: z.literal('checking'), branch: z.string(), target: oid, rebased: oid }),
  z.strictObject({ kind: z.literal('landing'), branch: z.string(), target: oid, rebased: oid }),
  z.strictObject({ kind: z.literal('landed'), before: oid, after: oid, message: z.string().optional() }),
  z.strictObject({
    kind: z.literal('blocked'),
    why: whySchema,
    message: z.string(),
    files: z.array(z.string()).readonly(),
    rebased: oid.optional(),
    target: oid.optional(),
  }),
])
export type Phase = z.infer<typeof phaseSchema>

/** One session's place in the queue. */
export const queueEntry = z.strictObject({
  session: z.string(),
  /** The approved commit of the session's branch. */
  head: oid,
  phase: phaseSchema,
  /** When it entered this phase. */
  since: z.iso.datetime(),
})
export type QueueEntry = z.infer<typeof queueEntry>

/** In the order they were added; entries that landed or are blocked stay until they are added again or removed. */
export const queue = z.strictObject({ entries: z.array(queueEntry).readonly() })
export type Queue = z.infer<typeof queue>

export const EMPTY_QUEUE: Queue = { entries: [] }
