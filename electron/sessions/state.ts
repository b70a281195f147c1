/** The state of a session, from what is known of its process. Pure; nothing here is read from screen text. */

import type { SessionState } from '../../shared/model/session.ts'

/** What `<config>/sessions/<pid>.json` says (Claude Code 2.1.329; undocumented, so every field may be missing). */
export type ClaudeStatus = {
  readonly status?: string | undefined
  readonly waitingFor?: string | undefined
  readonly sessionId?: string | undefined
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
  /** A prompt that it was given and has not begun to work on: it says “idle” for a moment before it does. */
  readonly pending: PendingPrompt | null
  /** True when its last turn ended at a limit of the API. */
  readonly limited: boolean
}

/** Without a status after so long, Claude Code is showing a dialog of its start: trust, log-in or onboarding (measured: 0.3–1.5 s). */
export const START_MS = 3000

/** An idle process that has not begun with a prompt by then is idle (measured: 0.1–0.5 s). */
export const PROMPT_MS = 10_000

export type StateAnswer = { readonly state: SessionState; readonly waitingFor?: string }

/** Takes what is known; gives the state and, where it waits for the user, what for. */
export function stateOf({ process, status, hadStatus, pending, limited }: StateFacts): StateAnswer {
  if (process.kind === 'none') return { state: 'exited' }
  if (process.kind === 'starting') return { state: 'starting' }
  if (process.kind === 'orphaned') return { state: 'unknown', waitingFor: `the end of process ${process.pid}` }
  if (process.kind === 'ended') return { state: process.asked || process.code === 0 ? 'exited' : 'crashed' }
  if (status === null || status.status === undefined) {
    if (hadStatus) return { state: 'unknown' }
    return process.forMs < START_MS ? { state: 'starting' } : { state: 'starting', waitingFor: 'a question at its start' }
  }
  switch (status.status) {
    case 'idle':
      if (pending === null || pending.forMs >= PROMPT_MS) return { state: limited ? 'limited' : 'idle' }
      return { state: pending.kind === 'given' ? 'starting' : 'working' }
    case 'busy':
      return { state: 'working' }
    case 'shell':
      return { state: 'background' }
    case 'waiting':
      return status.waitingFor === 'permission prompt'
        ? { state: 'needs-permission', waitingFor: status.waitingFor }
        : { state: 'asks', waitingFor: status.waitingFor ?? 'your answer' }
    default:
      return { state: 'unknown' }
  }
}
