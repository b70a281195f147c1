/** What both sides know of a session. The shapes are the public contract of `sluice session …` (additive changes only). */

import * as z from 'zod'

export const SESSION_STATES = [
  'starting',
  'working',
  'needs-permission',
  'asks',
  'idle',
  'background',
  'limited',
  'paused',
  'exited',
  'crashed',
  'archived',
  'unknown',
] as const

export const sessionState = z.enum(SESSION_STATES)
export type SessionState = z.infer<typeof sessionState>

export const PERMISSION_MODES = ['manual', 'acceptEdits', 'plan', 'auto', 'dontAsk', 'bypassPermissions'] as const
export const permissionMode = z.enum(PERMISSION_MODES)
export type PermissionMode = z.infer<typeof permissionMode>

/** 40 hex digits (SHA-1 repositories) or 64 (SHA-256). */
export const oid = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u)

/** A tool that a session asks to use. */
export const permission = z.strictObject({
  id: z.string(),
  tool: z.string(),
  /** What it is to be used for, as a person reads it: a command, a path; several lines where it has several, cut where it is long. */
  input: z.string(),
  /** How many more it asks for at the same time, after this one. */
  more: z.number().int(),
})
export type Permission = z.infer<typeof permission>

/** A question that a session asks in its terminal, with the answers it offers. */
export const question = z.strictObject({ question: z.string(), options: z.array(z.string()).readonly() })
export type Question = z.infer<typeof question>

/** What goes on after the end of a turn: a command or a subagent. */
export const backgroundTask = z.strictObject({ type: z.string(), description: z.string() })
export type BackgroundTask = z.infer<typeof backgroundTask>

/** A process of a session that outlived its Claude Code. */
export const leftover = z.strictObject({ pid: z.number().int(), command: z.string() })
export type Leftover = z.infer<typeof leftover>

export const session = z.strictObject({
  id: z.string(),
  name: z.string(),
  branch: z.string(),
  worktree: z.string(),
  order: z.number().int(),
  state: sessionState,
  /** What it waits for, in Claude Code's words or ours; only while it waits for the user. */
  waitingFor: z.string().optional(),
  /** Since when it waits for the user: its question, or its work, also the work of one that has ended. */
  waitingSince: z.iso.datetime().optional(),
  approved: z.boolean(),
  head: oid,
  ahead: z.number().int(),
  behind: z.number().int(),
  dirty: z.boolean(),
  files: z.number().int(),
  insertions: z.number().int(),
  deletions: z.number().int(),
  model: z.string(),
  permissionMode,
  scope: z.array(z.string()).readonly(),
  spentUsd: z.number(),
  contextPercent: z.number(),
  pid: z.number().int().optional(),
  claudeSession: z.string().optional(),
  prompt: z.string(),
  startedAt: z.iso.datetime(),
  /** How its process ended, when it did. */
  exit: z.strictObject({ code: z.number().int().nullable(), signal: z.string().nullable() }).optional(),
  /** A sentence about what is wrong with its worktree or branch, when something is. */
  problem: z.string().optional(),
  /** A sentence about submodules that are empty in its worktree. */
  unfilled: z.string().optional(),
  /** What can be done about the problem: make its worktree again from its branch, or go on where its worktree was moved to. */
  repair: z.enum(['recreate', 'adopt']).optional(),
  /** True for one without a worktree of its own: it reads the main checkout in plan mode and is never queued. */
  research: z.boolean(),
  /** The id of the session whose conversation it began with. */
  forkedFrom: z.string().optional(),
  budgetUsd: z.number().optional(),
  /** The first of the ten ports that are its own. */
  port: z.number().int().optional(),
  /** Its place among those that wait for room to run, from 1. */
  place: z.number().int().optional(),
  permission: permission.optional(),
  questions: z.array(question).readonly().optional(),
  background: z.array(backgroundTask).readonly().optional(),
  /** When the limit of the API ends, where Claude Code tells. */
  limitedUntil: z.iso.datetime().optional(),
  /** It works, and nothing was heard of it since then. Only a flag: nothing follows from it. */
  silentSince: z.iso.datetime().optional(),
  /** No hook of its Claude Code is heard: its permissions and its cost are seen in its terminal alone. */
  hooksOff: z.literal(true).optional(),
  /** A prompt that was typed and that Claude Code did not confirm, or that waits to be typed: kept, to be sent again. */
  unsent: z.strictObject({ text: z.string(), waits: z.boolean() }).optional(),
  /** True while its setup command runs, in its terminal. */
  settingUp: z.boolean().optional(),
  /** Why its setup command failed, in a sentence; “resume” runs it again. */
  setupFailure: z.string().optional(),
  leftovers: z.array(leftover).readonly().optional(),
  /** True when there is a HANDOFF.md in its worktree. */
  handoff: z.boolean().optional(),
  /** Another number after each change of its files, while its review is on show: its diff is another one then. */
  edits: z.number().int().optional(),
  /** What was going on when Sluice or Claude Code ended under it, in a sentence, until its next turn ends. */
  cutOff: z.string().optional(),
  archive: z
    .strictObject({
      at: z.iso.datetime(),
      /** The commit that holds what was not committed; left out: everything was. */
      snapshot: oid.optional(),
      /** False while its folder is still to be removed. */
      removed: z.boolean(),
    })
    .optional(),
})
export type Session = z.infer<typeof session>

/** States in which a session wants something of the user; the cascade counts the wait. */
const WAITING: ReadonlySet<SessionState> = new Set(['needs-permission', 'asks', 'idle', 'limited', 'crashed'])

/** True when the session waits for the user. `starting` waits only once it says what for. */
export function waitsForUser(of: Pick<Session, 'state' | 'waitingFor'>): boolean {
  return WAITING.has(of.state) || (of.state === 'starting' && of.waitingFor !== undefined)
}

/** True while a process of the session is alive, or on its way. */
export function isLive(state: SessionState): boolean {
  return !['paused', 'exited', 'crashed', 'archived'].includes(state)
}

/** True while the session takes one of the places that “Sessions at once” counts; one that waits for room takes none. */
export function takesRoom(of: Pick<Session, 'state' | 'place'>): boolean {
  return isLive(of.state) && of.place === undefined
}
