/** What can happen to a session, and what must survive a restart of Sluice. The shapes that `events` keeps: add, never change. */

import * as z from 'zod'
import { oid, permissionMode, sessionState } from '../../shared/model/session.ts'

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
  /** It has no worktree of its own: `worktree` is the main checkout, `branch` the target. */
  research: z.boolean().default(false),
  /** The session, by id, whose conversation it begins with. */
  forkedFrom: z.string().nullable().default(null),
  /** The conversation that its own begins with a copy of. */
  forkOf: z.string().optional(),
  budgetUsd: z.number().nullable().default(null),
  /** The first of its ports. */
  port: z.number().int().nullable().default(null),
  /** Its worktree and branch were there before it: they are the user's, and setting up is too. */
  imported: z.boolean().default(false),
}

export const sessionFact = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('session-started'),
    ...of,
    ...beginning,
  }),
  /** Its worktree is there and set up. */
  z.strictObject({ kind: z.literal('session-prepared'), ...of }),
  /** Its worktree is there; its setup command failed, with this sentence. */
  z.strictObject({ kind: z.literal('session-setup-failed'), ...of, message: z.string() }),
  /** It waits for room to run; `fresh`: it has not run before; `prompt`: what it is told when it goes on. */
  z.strictObject({ kind: z.literal('session-lined-up'), ...of, fresh: z.boolean(), prompt: z.string().nullable().default(null) }),
  /** It waits for room no more, and was not started; `message`: why it could not be, when its turn came. */
  z.strictObject({ kind: z.literal('session-left-line'), ...of, message: z.string().optional() }),
  /** What the user sees of it is different now: the history of the session, and where it was when Sluice ended. */
  z.strictObject({
    kind: z.literal('session-state'),
    ...of,
    state: sessionState,
    waitingFor: z.string().optional(),
    /** Since when the user is waited for, or the state holds. */
    since: z.iso.datetime().optional(),
  }),
  /** It was stopped with a HANDOFF.md in its worktree; `note`: the session wrote its own part. */
  z.strictObject({ kind: z.literal('session-paused'), ...of, note: z.boolean() }),
  /** It asked for a permission; what for is not kept, as it may hold secrets. */
  z.strictObject({ kind: z.literal('permission-asked'), ...of, tool: z.string() }),
  z.strictObject({
    kind: z.literal('permission-answered'),
    ...of,
    tool: z.string(),
    by: z.enum(['sluice', 'terminal']),
    allow: z.boolean().optional(),
  }),
  /** A prompt is kept, because it was not confirmed or waits to be typed. Its text stays out of the history. */
  z.strictObject({ kind: z.literal('prompt-kept'), ...of, waits: z.boolean() }),
  z.strictObject({ kind: z.literal('prompt-sent'), ...of }),
  z.strictObject({ kind: z.literal('prompt-forgotten'), ...of }),
  /** What was going on when it was cut off, in a sentence; null once that is over. */
  z.strictObject({ kind: z.literal('session-cut-off'), ...of, what: z.string().nullable() }),
  /** The user wants it archived: from here on it is brought to its end, also by the next Sluice. */
  z.strictObject({ kind: z.literal('archive-asked'), ...of }),
  /** It could not be archived after all; nothing was removed. */
  z.strictObject({ kind: z.literal('archive-refused'), ...of, message: z.string() }),
  /** All that was not committed is in the snapshot (null: there was nothing); its folder may go now. */
  z.strictObject({
    kind: z.literal('session-archived'),
    ...of,
    /** “at” is the event's own. */
    archivedAt: z.iso.datetime(),
    head: oid,
    snapshot: oid.nullable(),
    /** True when its branch was deleted, as the target has all its commits. */
    branchDeleted: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('worktree-removed'), ...of }),
  z.strictObject({ kind: z.literal('restore-asked'), ...of }),
  z.strictObject({ kind: z.literal('restore-failed'), ...of, message: z.string() }),
  z.strictObject({ kind: z.literal('session-restored'), ...of }),
  /** Its worktree is somewhere else now. */
  z.strictObject({ kind: z.literal('session-relocated'), ...of, worktree: z.string() }),
  /** Its worktree was made again from its branch. */
  z.strictObject({ kind: z.literal('worktree-remade'), ...of }),
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
    /** What it was doing, when that was cut off: left out where it had come to an end, or the user ended it. */
    was: sessionState.optional(),
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
  /** How often its Claude Code crashed since it last ended a turn. */
  crashes: z.number().int().default(0),
  setupFailure: z.string().nullable().default(null),
  /** Set while it waits for room to run. */
  linedUp: z
    .strictObject({ fresh: z.boolean(), prompt: z.string().nullable().default(null) })
    .nullable()
    .default(null),
  /** The state that was told last. */
  lastState: sessionState.nullable().default(null),
  lastSince: z.iso.datetime().nullable().default(null),
  paused: z.boolean().default(false),
  cutOff: z.string().nullable().default(null),
  /** What it was doing when Sluice or its Claude Code ended under it, until it is started again. */
  interrupted: z.strictObject({ state: sessionState, by: z.enum(['sluice', 'crash']) }).optional(),
  /** What the user wants of its worktree and is not done yet. */
  intent: z.enum(['archive', 'restore']).nullable().default(null),
  archive: z
    .strictObject({
      at: z.iso.datetime(),
      head: oid,
      snapshot: oid.nullable(),
      branchDeleted: z.boolean(),
      removed: z.boolean(),
    })
    .nullable()
    .default(null),
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
      // It has no worktree to be made.
      prepared: rest.research,
      pid: null,
      procStart: null,
      exit: null,
      crashes: 0,
      setupFailure: null,
      linedUp: null,
      lastState: null,
      lastSince: null,
      paused: false,
      cutOff: null,
      intent: null,
      archive: null,
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
      return { ...record, prepared: true, setupFailure: null }
    case 'session-setup-failed':
      return { ...record, setupFailure: fact.message }
    case 'session-lined-up':
      return { ...record, linedUp: { fresh: fact.fresh, prompt: fact.prompt }, exit: null }
    case 'session-left-line':
      // What could not be started shows as a crash that says why.
      return fact.message === undefined
        ? { ...record, linedUp: null }
        : { ...record, linedUp: null, cutOff: fact.message, exit: { code: null, signal: null, asked: false } }
    case 'session-state': {
      const endedTurn = record.lastState === 'working' && (fact.state === 'idle' || fact.state === 'background')
      return { ...record, lastState: fact.state, lastSince: fact.since ?? null, crashes: endedTurn ? 0 : record.crashes }
    }
    case 'session-paused':
      return { ...record, paused: true, interrupted: undefined }
    case 'session-cut-off':
      return { ...record, cutOff: fact.what }
    case 'permission-asked':
    case 'permission-answered':
    case 'prompt-kept':
    case 'prompt-sent':
    case 'prompt-forgotten':
      return record
    case 'archive-asked':
      return { ...record, intent: 'archive' }
    case 'restore-asked':
      return { ...record, intent: 'restore' }
    case 'archive-refused':
    case 'restore-failed':
      return { ...record, intent: null }
    case 'session-archived': {
      const { archivedAt: at, head, snapshot, branchDeleted } = fact
      // What is the user's is not removed: there is nothing left to be done.
      const removed = record.imported || record.research
      return { ...record, intent: null, approvedHead: null, archive: { at, head, snapshot, branchDeleted, removed } }
    }
    case 'worktree-removed':
      return { ...record, archive: record.archive && { ...record.archive, removed: true } }
    case 'session-restored':
      return { ...record, intent: null, archive: null }
    case 'session-relocated':
      return { ...record, worktree: fact.worktree }
    case 'worktree-remade':
      return record
    case 'session-launched':
      return {
        ...record,
        pid: fact.pid,
        procStart: fact.procStart,
        claudeSession: fact.claudeSession,
        exit: null,
        linedUp: null,
        paused: false,
        interrupted: undefined,
        lastTotalUsd: fact.resumed ? null : 0,
      }
    case 'session-conversation-changed':
      return { ...record, claudeSession: fact.claudeSession }
    case 'session-exited':
      return {
        ...record,
        pid: null,
        procStart: null,
        exit: { code: fact.code, signal: fact.signal, asked: fact.asked },
        interrupted: fact.was === undefined ? undefined : { state: fact.was, by: fact.asked ? 'sluice' : 'crash' },
        crashes: fact.asked || fact.code === 0 ? record.crashes : record.crashes + 1,
      }
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
