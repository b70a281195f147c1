/** What is said, to the user and to the model, of a session that was cut off in the middle of something. Pure. */

import type { SessionState } from '../../shared/model/session.ts'

/** `state`: what it was doing. `by`: what ended under it. */
export type Interruption = { readonly state: SessionState; readonly by: 'sluice' | 'crash' }

const IN_HAND: ReadonlySet<SessionState> = new Set(['starting', 'working', 'needs-permission', 'asks', 'background'])

/** True when a turn was in hand, or a command of it: there is something to go on with. */
export function wasInHand(state: SessionState): boolean {
  return IN_HAND.has(state)
}

/**
 * What cannot be said to have come to an end: what Sluice took away from under it, and a crash of what had really begun. Null for
 * what has. `atClose`: what it was doing when Sluice began to close.
 */
export function leftInHand(
  { asked, code }: { readonly asked: boolean; readonly code: number | null },
  run: { readonly begun: boolean; readonly atClose: SessionState | null; readonly last: SessionState | null },
): SessionState | null {
  if (asked) return run.atClose !== null && wasInHand(run.atClose) ? run.atClose : null
  return code === 0 || !run.begun ? null : run.last
}

const WHAT: Readonly<Partial<Record<SessionState, string>>> = {
  starting: 'It was starting',
  working: 'It was working',
  'needs-permission': 'It was asking for your permission',
  asks: 'It was asking you a question',
  background: 'A command of it was running in the background',
}

const FOLLOWS: Readonly<Partial<Record<SessionState, string>>> = {
  starting: 'its first step may not be finished.',
  working: 'its last step may not be finished.',
  'needs-permission': 'it will have to ask again.',
  asks: 'it will have to ask again.',
  background: 'that command may not be finished.',
}

/** The sentence for the user. */
export function cutOffSentence({ state, by }: Interruption): string {
  const what = WHAT[state] ?? 'It was idle'
  const when = by === 'sluice' ? 'when Sluice ended' : 'when its Claude Code crashed'
  const follows = FOLLOWS[state]
  return follows === undefined ? `${what} ${when}.` : `${what} ${when}; ${follows}`
}

const FIRST: Readonly<Partial<Record<SessionState, string>>> = {
  'needs-permission': 'You were waiting for a permission, which was not given: ask again if you still need it.',
  asks: 'You were waiting for the answer to a question: ask it again if you still need it.',
  background: 'A command that you had left running in the background may have been ended with you.',
}

/** What the model is told first when it goes on; null where it had nothing in hand. Never begins with a sign that Claude Code obeys. */
export function cutOffPrompt({ state }: Interruption): string | null {
  if (!wasInHand(state)) return null
  return [
    'You were cut off in the middle of this and were started again just now.',
    ...(FIRST[state] === undefined ? [] : [FIRST[state]]),
    'Your last command or edit may be half done, or a command may still be running: check what it left behind before you go on.',
    'Then go on with the task.',
  ].join(' ')
}
