/** What can happen to a session, and what must survive a restart of Sluice. The shapes that `events` keeps: add, never change. */

import * as z from 'zod'
import { oid, permissionMode } from '../../shared/model/session.ts'

const of = { session: z.string() }

/** What is known of a session from its first moment. */
const beginning = {
  repository: z.string(),
  name: z.string(),
  branch: z.string(),
  worktree: z.string(),
  order: z.number().int(),
  prompt: z.string(),
  model: z.string().nullable(),
  permissionMode,
  scope: z.array(z.string()).readonly(),
  base: oid,
  startedAt: z.iso.datetime(),
}

export const sessionFact = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('session-started'),
    ...of,
    ...beginning,
  }),
  /** Its worktree is there and set up. */
  z.strictObject({ kind: z.literal('session-prepared'), ...of }),
  /** Claude Code was started; `resumed` when it goes on with an earlier conversation. */
  z.strictObject({
    kind: z.literal('session-launched'),
    ...of,
    pid: z.number().int(),
    /** When the process started, where the system tells: a pid is used again, the two together are not. */
    procStart: z.string().nullable(),
    claudeSession: z.string(),
    resumed: z.boolean(),
  }),
  /** The conversation got another id, as after `/clear`. */
  z.strictObject({ kind: z.literal('session-conversation-changed'), ...of, claudeSession: z.string() }),
  z.strictObject({
    kind: z.literal('session-exited'),
    ...of,
    code: z.number().int().nullable(),
    signal: z.string().nullable(),
    /** True when the user or Sluice stopped it. */
    asked: z.boolean(),
  }),
  /** It could not be started after all: nothing of it is left. */
  z.strictObject({ kind: z.literal('session-withdrawn'), ...of, message: z.string() }),
  z.strictObject({ kind: z.literal('session-approved'), ...of, head: oid }),
  z.strictObject({ kind: z.literal('session-unapproved'), ...of }),
  /** It has another place in the cascade. */
  z.strictObject({ kind: z.literal('session-moved'), ...of, order: z.number().int() }),
  /** It is called something else; its branch and its worktree keep their names. `until`: when it lost the name it had. */
  z.strictObject({ kind: z.literal('session-renamed'), ...of, name: z.string(), until: z.iso.datetime() }),
  z.strictObject({
    kind: z.literal('session-metered'),
    ...of,
    spentUsd: z.number(),
    lastTotalUsd: z.number().nullable(),
    contextPercent: z.number(),
    model: z.string().nullable(),
  }),
])
export type SessionFact = z.infer<typeof sessionFact>

/** A session as it is kept. What git and Claude Code can tell is not in here: they are asked. */
export const sessionRecord = z.strictObject({
  id: z.string(),
  ...beginning,
  /** What it was called before, and until when: its processes and the user's scripts may still call it so. */
  formerNames: z
    .array(z.strictObject({ name: z.string(), until: z.iso.datetime() }))
    .readonly()
    .default([]),
  claudeSession: z.string().nullable(),
  /** False while its worktree is being made. */
  prepared: z.boolean(),
  pid: z.number().int().nullable(),
  procStart: z.string().nullable(),
  exit: z.strictObject({ code: z.number().int().nullable(), signal: z.string().nullable(), asked: z.boolean() }).nullable(),
  approvedHead: oid.nullable(),
  spentUsd: z.number(),
  lastTotalUsd: z.number().nullable(),
  contextPercent: z.number(),
})
export type SessionRecord = z.infer<typeof sessionRecord>

/** Takes the record (null before the first fact) and a fact; gives the record after it, null when there is none any more. */
export function evolve(record: SessionRecord | null, fact: SessionFact): SessionRecord | null {
  if (fact.kind === 'session-started') {
    const { kind: _kind, session: id, ...rest } = fact
    return {
      ...rest,
      id,
      formerNames: [],
      claudeSession: null,
      prepared: false,
      pid: null,
      procStart: null,
      exit: null,
      approvedHead: null,
      spentUsd: 0,
      lastTotalUsd: null,
      contextPercent: 0,
    }
  }
  if (record === null) return null
  switch (fact.kind) {
    case 'session-withdrawn':
      return null
    case 'session-prepared':
      return { ...record, prepared: true }
    case 'session-launched':
      return {
        ...record,
        pid: fact.pid,
        procStart: fact.procStart,
        claudeSession: fact.claudeSession,
        exit: null,
        lastTotalUsd: fact.resumed ? null : 0,
      }
    case 'session-conversation-changed':
      return { ...record, claudeSession: fact.claudeSession }
    case 'session-exited':
      return { ...record, pid: null, procStart: null, exit: { code: fact.code, signal: fact.signal, asked: fact.asked } }
    case 'session-approved':
      return { ...record, approvedHead: fact.head }
    case 'session-unapproved':
      return { ...record, approvedHead: null }
    case 'session-moved':
      return { ...record, order: fact.order }
    case 'session-renamed': {
      const others = record.formerNames.filter(({ name }) => name !== record.name && name !== fact.name)
      return { ...record, name: fact.name, formerNames: [...others, { name: record.name, until: fact.until }] }
    }
    case 'session-metered': {
      const { spentUsd, lastTotalUsd, contextPercent } = fact
      return { ...record, spentUsd, lastTotalUsd, contextPercent, model: fact.model ?? record.model }
    }
  }
}
