/** What a tab says of its session: one sign, one word. Pure; the order of the tests is the order of what matters to the user. */

import type { Entry, Why } from '../../shared/model/queue.ts'
import type { Session, SessionState } from '../../shared/model/session.ts'
import type { Shape, Tone } from '../design/StateMark.tsx'
import { timeOfDay } from '../state/format.ts'
import { isLanded, isOrphaned, isUnheard, isUnprepared, onItsWay, waitingSince } from '../state/standing.ts'

export type Telling = { readonly shape: Shape; readonly tone: Tone; readonly word: string }

const STATES: Readonly<Record<SessionState, Telling>> = {
  starting: { shape: 'dashes', tone: 'busy', word: 'Starting' },
  working: { shape: 'half', tone: 'busy', word: 'Working' },
  'needs-permission': { shape: 'disc', tone: 'needs-you', word: 'Permission' },
  asks: { shape: 'disc', tone: 'needs-you', word: 'Asks' },
  idle: { shape: 'ring', tone: 'calm', word: 'Idle' },
  background: { shape: 'dots', tone: 'busy', word: 'Background' },
  limited: { shape: 'bars', tone: 'needs-you', word: 'At its limit' },
  paused: { shape: 'bars', tone: 'calm', word: 'Paused' },
  exited: { shape: 'square', tone: 'calm', word: 'Ended' },
  crashed: { shape: 'triangle', tone: 'bad', word: 'Crashed' },
  archived: { shape: 'square', tone: 'calm', word: 'Archived' },
  unknown: { shape: 'question', tone: 'calm', word: 'Unknown' },
}

const BLOCKED: Readonly<Partial<Record<Why, string>>> = {
  conflicts: 'Conflict',
  checks: 'Checks failed',
  setup: 'Setup failed',
  handoff: 'Has HANDOFF.md',
}

const MOVING: Readonly<Partial<Record<Entry['phase'], string>>> = {
  waiting: 'In the queue',
  rebasing: 'Rebasing',
  checking: 'Checking',
  landing: 'Landing',
}

const isReviewable = ({ research, ahead, dirty }: Session): boolean => !research && (ahead > 0 || dirty)

/** What is wrong with its worktree, as short as a tab needs it; the sentence is over its terminal or in its review. */
function amiss({ repair }: Session): string {
  if (repair === 'recreate') return 'Worktree missing'
  return repair === 'adopt' ? 'Worktree moved' : 'Worktree trouble'
}

/** Takes a session, its entry in the queue and whether a stop is under way; gives what its tab says. */
export function tell(session: Session, entry: Entry | null, stopping = false): Telling {
  const own = STATES[session.state]
  if (stopping) return { shape: 'square', tone: 'busy', word: 'Stopping' }
  if (isOrphaned(session)) return { ...own, word: 'Left running' }
  if (session.place !== undefined) return { shape: 'dots', tone: 'calm', word: `Place ${session.place} in line` }
  if (session.settingUp === true) return { ...STATES.starting, word: 'Setting up' }
  if (isUnprepared(session)) return { shape: 'triangle', tone: 'bad', word: 'Setup failed' }
  if (session.state === 'limited' && session.limitedUntil !== undefined)
    return { ...own, word: `Limit until ${timeOfDay(session.limitedUntil)}` }
  if (session.state === 'starting' && session.waitingFor !== undefined)
    return { shape: 'disc', tone: 'needs-you', word: 'Asks at start' }
  if (own.tone === 'needs-you' || own.tone === 'bad') return own
  if (session.problem !== undefined) return { shape: 'triangle', tone: 'bad', word: amiss(session) }
  if (isUnheard(session)) return { shape: 'disc', tone: 'needs-you', word: 'Prompt kept' }
  if (entry?.phase === 'blocked') {
    return { shape: 'triangle', tone: 'bad', word: (entry.why && BLOCKED[entry.why]) ?? 'Blocked' }
  }
  if (session.state !== 'idle' && session.state !== 'exited') return own
  if (onItsWay(entry)) return { shape: 'dots', tone: 'busy', word: (entry && MOVING[entry.phase]) ?? own.word }
  if (isLanded(session, entry)) return { shape: 'check', tone: 'good', word: 'Landed' }
  if (session.approved) return { shape: 'check', tone: 'good', word: 'Approved' }
  if (waitingSince(session, entry) === null) return own
  return { ...own, tone: 'needs-you', word: isReviewable(session) ? 'To review' : own.word }
}
