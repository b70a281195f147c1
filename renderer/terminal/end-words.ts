/** How the end of a Claude Code process is said. Pure. */

import type { SessionState } from '../../shared/model/session.ts'

type Exit = { readonly code: number | null; readonly signal: number | string | null }

/** SIGHUP and SIGTERM, as a number of node-pty, as a name, and as the exit code of a program that caught them. */
const STOPPING: ReadonlySet<number | string | null> = new Set([1, 15, 'SIGHUP', 'SIGTERM'])
const STOPPED_CODES: ReadonlySet<number | null> = new Set([129, 143])

/** True when Sluice or the user ended it. The House calls an end that was asked for “exited”, whatever the code. */
function wasStopped(state: SessionState, { code, signal }: Exit): boolean {
  if (STOPPING.has(signal) || STOPPED_CODES.has(code)) return true
  return state === 'exited' && ((code !== null && code !== 0) || (signal !== null && signal !== 0))
}

/** Takes the state, how the process ended and whether there is a conversation to go on with; gives a sentence or two. */
export function endWords(state: SessionState, exit: Exit, hasConversation: boolean): string {
  if (state === 'paused') return 'This session is paused. Resuming it goes on from its HANDOFF.md.'
  return hasConversation ? `${howItEnded(state, exit)} “Resume” here goes on with its conversation.` : howItEnded(state, exit)
}

function howItEnded(state: SessionState, exit: Exit): string {
  if (state === 'crashed' && exit.code === null && exit.signal === null) return 'Claude Code has crashed.'
  if (wasStopped(state, exit)) return 'Claude Code was stopped.'
  if (exit.signal !== null && exit.signal !== 0) return `Claude Code was ended by signal ${exit.signal}.`
  return exit.code === null ? 'Claude Code is not running.' : `Claude Code ended (exit ${exit.code}).`
}
