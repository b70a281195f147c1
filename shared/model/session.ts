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

export const session = z.strictObject({
  id: z.string(),
  name: z.string(),
  branch: z.string(),
  worktree: z.string(),
  order: z.number().int(),
  state: sessionState,
  /** What it waits for, in Claude Code's words or ours; only while it waits for the user. */
  waitingFor: z.string().optional(),
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
})
export type Session = z.infer<typeof session>

/** States in which a session wants something of the user; the cascade counts the wait. */
const WAITING: ReadonlySet<SessionState> = new Set(['needs-permission', 'asks', 'idle', 'limited', 'crashed'])

/** True when the session waits for the user. `starting` waits only once it says what for. */
export function waitsForUser(of: Pick<Session, 'state' | 'waitingFor'>): boolean {
  return WAITING.has(of.state) || (of.state === 'starting' && of.waitingFor !== undefined)
}

/** True while a process of the session is alive. */
export function isLive(state: SessionState): boolean {
  return !['paused', 'exited', 'crashed', 'archived'].includes(state)
}
