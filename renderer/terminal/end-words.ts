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
  if (wasStopped(state, exit)) return `Claude Code was stopped${bracketed(exit)}.`
  const signal = signalIn(exit)
  if (signal !== null) return `Claude Code was ended by ${signal}.`
  return exit.code === null ? 'Claude Code is not running.' : `Claude Code ended${bracketed(exit)}.`
}

/** Those that have the same number everywhere: a terminal tells numbers only, the House tells names. */
const NAMES: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  6: 'SIGABRT',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  13: 'SIGPIPE',
  15: 'SIGTERM',
}

function signalIn({ signal }: Exit): string | null {
  if (signal === null || signal === 0) return null
  return typeof signal === 'string' ? signal : (NAMES[signal] ?? `signal ${signal}`)
}

function bracketed(exit: Exit): string {
  const how = signalIn(exit) ?? (exit.code === null ? null : `exit code ${exit.code}`)
  return how === null ? '' : ` (${how})`
}

/** How the end of a shell is said. */
export function shellEndWords(exit: Exit): string {
  const signal = signalIn(exit)
  return signal === null ? `The shell ended${bracketed(exit)}.` : `The shell was ended by ${signal}.`
}
