/** Brings sessions back: what worked when Sluice ended goes on, and what crashed is started once more. Says of both what was cut off. */

import type { Session, SessionState } from '../../shared/model/session.ts'
import type { Log } from '../kit/log.ts'
import { cutOffSentence, wasInHand } from './cut-off.ts'
import type { SessionRecord } from './facts.ts'
import type { Lineup } from './lineup.ts'
import type { Roster } from './roster.ts'
import type { Home, Sessions } from './sessions.ts'

export type RestartParts = {
  readonly roster: Roster
  readonly sessions: Sessions
  readonly lineup: Lineup
  readonly log: Log
  home(): Home
  resumeWorking(): boolean
}

export type Restarter = {
  /** To be called once, when the sessions are there. */
  recover(): Promise<void>
  close(): Promise<void>
}

type Kept = Pick<SessionRecord, 'interrupted' | 'crashes' | 'prepared' | 'archive' | 'intent' | 'linedUp' | 'paused' | 'pid'>

/** Whether one that was cut off is to be started now. A crash is followed by one start, the next by none. Pure. */
export function goesOn(record: Kept, resumeWorking: boolean): boolean {
  const { interrupted } = record
  if (interrupted === undefined || record.pid !== null || !record.prepared || record.paused) return false
  if (record.archive !== null || record.intent !== null || record.linedUp !== null) return false
  return interrupted.by === 'crash' ? record.crashes === 1 : resumeWorking && wasInHand(interrupted.state)
}

const IN_TURN: ReadonlySet<SessionState> = new Set(['working', 'needs-permission', 'asks'])
const AFTER_TURN: ReadonlySet<SessionState> = new Set(['idle', 'background', 'limited'])

export function createRestarter({ roster, sessions, lineup, log, home, resumeWorking }: RestartParts): Restarter {
  const states = new Map<string, SessionState>()
  /** Each is tried once: what cannot be started is for the user to look at. */
  const tried = new Set<string>()
  let underWay: Promise<unknown> = Promise.resolve()
  let closed = false

  async function start(id: string): Promise<void> {
    const session = sessions.byId(id)
    if (session === undefined || closed) return
    // Where its worktree is gone or holds another branch, nothing may go on by itself.
    const crashed = session.record().interrupted?.by === 'crash'
    const { problem } = crashed ? session.view() : await session.fresh()
    if (problem !== undefined || closed || !goesOn(session.record(), resumeWorking())) return
    const launched = await lineup.launch(session, { kind: 'resume' })
    if (!launched.ok) log.info(launched.failure.message, { session: id })
  }

  /** Says what was cut off, and starts it where it is to go on. */
  function consider(id: string): Promise<void> {
    const record = roster.byId(id)
    if (record === undefined) return Promise.resolve()
    if (record.interrupted === undefined) {
      tried.delete(id)
      return Promise.resolve()
    }
    const what = cutOffSentence(record.interrupted)
    if (record.cutOff !== what) sessions.keep({ kind: 'session-cut-off', session: id, what })
    if (tried.has(id) || !home().checkout.trusted || !goesOn(record, resumeWorking())) return Promise.resolve()
    tried.add(id)
    return start(id)
  }

  function follow({ id, state, cutOff }: Session): void {
    const before = states.get(id)
    states.set(id, state)
    if (cutOff !== undefined && before !== undefined && IN_TURN.has(before) && AFTER_TURN.has(state)) {
      sessions.keep({ kind: 'session-cut-off', session: id, what: null })
    }
    // At once, so that a crash that is followed by a start does not call for the user first.
    const considered = consider(id).catch((error: unknown) => void log.fault(error, { session: id }))
    underWay = Promise.all([underWay, considered])
  }

  let unfollow = (): void => undefined
  return {
    async recover() {
      unfollow = sessions.onChange(follow)
      // One after the other, so that they come back in the order of the cascade.
      for (const { id, interrupted, crashes } of roster.all()) {
        if (closed) return
        // A crash of which the last Sluice made nothing stays one.
        if (interrupted?.by === 'crash' && crashes > 0) tried.add(id)
        await consider(id)
      }
      // A change may have had one considered before its turn came here.
      await underWay
    },
    async close() {
      closed = true
      unfollow()
      await underWay
    },
  }
}
