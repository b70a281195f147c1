/** The state of a session, merged from its process, its status file and its hooks. Pure; nothing here is read from screen text. */

import type { SessionState } from '../../shared/model/session.ts'
import type { SessionRecord } from './facts.ts'
import { leftInBackground, NO_HOOKS, SUBAGENT, type HookFacts } from './hook-facts.ts'

/** What `<config>/sessions/<pid>.json` says (Claude Code 2.1.329; undocumented, so every field may be missing). */
export type ClaudeStatus = {
  readonly status?: string | undefined
  readonly waitingFor?: string | undefined
  readonly sessionId?: string | undefined
  /** When its status was written last, in milliseconds since 1970. */
  readonly statusUpdatedAt?: number | undefined
}

export type ProcessFacts =
  | { readonly kind: 'none' }
  | { readonly kind: 'alive'; readonly forMs: number }
  /** Being made or started by us right now. */
  | { readonly kind: 'starting' }
  /** A process of an earlier run of Sluice that is still there: it cannot be seen or typed into. */
  | { readonly kind: 'orphaned'; readonly pid: number }
  | { readonly kind: 'ended'; readonly code: number | null; readonly signal: string | null; readonly asked: boolean }

export type PendingPrompt = {
  /** `given` on its command line, or `submitted`: it says that it has it. */
  readonly kind: 'given' | 'submitted'
  readonly forMs: number
}

export type StateFacts = {
  readonly process: ProcessFacts
  /** Null when there is no status file of this very process. */
  readonly status: ClaudeStatus | null
  /** True once this process had a status: its absence later means that we no longer know. */
  readonly hadStatus: boolean
  /** True where status files cannot be read, so that their absence says nothing. */
  readonly blind: boolean
  readonly hooks: HookFacts
  /** A prompt that it was given and has not begun to work on: it says “idle” for a moment before it does. */
  readonly pending: PendingPrompt | null
  /** True while a subagent waits for a permission that we hold: Claude Code says “busy”, and its terminal does not ask. */
  readonly held: boolean
}

/** What is known where there is no run, but for its process. */
export const NO_RUN: Omit<StateFacts, 'process'> = {
  status: null,
  hadStatus: false,
  blind: false,
  hooks: NO_HOOKS,
  pending: null,
  held: false,
}

/** Its status goes with SessionStart, and hooks of a turn come before its end: what says nothing for so long says nothing at all. */
export const DEAF_MS = { afterTurn: 5000, afterStart: 15_000 } as const

/** `statusForMs`: since its first status; `turnSeen`: it has worked since, and come to rest. */
export type HearingFacts = { readonly heard: boolean; readonly statusForMs: number; readonly turnSeen: boolean }

/** True when it has a status and no hook tells of it: the user, or whoever manages the machine, has turned hooks off. */
export function areHooksOff({ heard, statusForMs, turnSeen }: HearingFacts): boolean {
  return !heard && statusForMs >= (turnSeen ? DEAF_MS.afterTurn : DEAF_MS.afterStart)
}

/** Without a status after so long, Claude Code is showing a dialog of its start: trust, log-in or onboarding (measured: 0.3–1.5 s). */
export const START_MS = 3000

/** An idle process that has not begun with a prompt by then is idle (measured: 0.1–0.5 s). */
export const PROMPT_MS = 10_000

export type StateAnswer = { readonly state: SessionState; readonly waitingFor?: string }

/** What is kept of a session that its state depends on. */
export type KeptFacts = Pick<SessionRecord, 'archive' | 'intent' | 'linedUp' | 'paused' | 'setupFailure'>

const PERMISSION: StateAnswer = { state: 'needs-permission', waitingFor: 'permission prompt' }
const START_QUESTION: StateAnswer = { state: 'starting', waitingFor: 'a question at its start' }

/** Between two turns. */
function atRest({ status, hooks, pending }: StateFacts): StateAnswer {
  if (pending !== null && pending.forMs < PROMPT_MS) return { state: pending.kind === 'given' ? 'starting' : 'working' }
  if (hooks.limited) return { state: 'limited' }
  return { state: leftInBackground(hooks, status?.status).length > 0 ? 'background' : 'idle' }
}

function fromStatus(facts: StateFacts, { status, waitingFor }: ClaudeStatus): StateAnswer {
  switch (status) {
    case 'waiting':
      return waitingFor === 'permission prompt' ? PERMISSION : { state: 'asks', waitingFor: waitingFor ?? 'your answer' }
    case 'busy':
      return facts.held ? PERMISSION : { state: 'working' }
    case 'shell':
      return facts.held ? PERMISSION : { state: 'background' }
    case 'idle':
      return facts.held ? PERMISSION : atRest(facts)
    default:
      return { state: 'unknown' }
  }
}

/** Where there never was a status: a Claude Code without that file, or one that cannot be read. */
function fromHooks(facts: StateFacts, forMs: number): StateAnswer {
  const { hooks, blind, held } = facts
  const fresh = forMs < START_MS
  if (!hooks.heard) return fresh ? { state: 'starting' } : blind ? { state: 'unknown' } : START_QUESTION
  if (held || hooks.asks === 'permission') return PERMISSION
  if (hooks.asks === 'question') return { state: 'asks', waitingFor: 'input needed' }
  if (hooks.turn === 'running') return { state: 'working' }
  if (hooks.background.some(({ type }) => type === SUBAGENT)) return { state: 'working' }
  // A hook of its start is heard a moment before its status.
  if (hooks.turn === 'none' && fresh) return { state: 'starting' }
  return atRest(facts)
}

/** Takes what is known of its process, and what is kept; gives the state and, where it waits for the user, what for. */
export function stateOf(facts: StateFacts, kept: KeptFacts): StateAnswer {
  const { process, status, hadStatus } = facts
  const idle = process.kind === 'none' || process.kind === 'ended'
  if (idle && kept.archive !== null) return { state: 'archived' }
  if (idle && kept.linedUp !== null) return { state: 'starting' }
  if (idle && kept.setupFailure !== null) return { state: 'crashed' }
  if (idle && kept.paused) return { state: 'paused' }
  if (process.kind === 'none') return { state: 'exited' }
  if (process.kind === 'starting') return { state: 'starting' }
  if (process.kind === 'orphaned') return { state: 'unknown', waitingFor: `the end of process ${process.pid}` }
  if (process.kind === 'ended') return { state: process.asked || process.code === 0 ? 'exited' : 'crashed' }
  if (status !== null && status.status !== undefined) return fromStatus(facts, status)
  return hadStatus ? { state: 'unknown' } : fromHooks(facts, process.forMs)
}
