/** Who may run: as many sessions as the settings say, the rest wait in the order of the cascade. Starts them one at a time. */

import type { Clock } from '../kit/clock.ts'
import type { Log } from '../kit/log.ts'
import { isLive, takesRoom, type Session } from '../../shared/model/session.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { SessionRecord } from './facts.ts'
import type { LiveSession } from './live-session.ts'
import type { Start } from './conversation.ts'
import type { Roster } from './roster.ts'
import type { LaunchFailure, Sessions } from './sessions.ts'

/** Takes the sessions in cascade order; gives the place, from 1, of that one among those that wait, or null. Pure. */
export function placeInLine(records: readonly Pick<SessionRecord, 'id' | 'linedUp'>[], id: string): number | null {
  const place = records.filter(({ linedUp }) => linedUp !== null).findIndex((record) => record.id === id)
  return place < 0 ? null : place + 1
}

export type InLine = { readonly id: string; readonly waits: boolean; readonly runs: boolean }

/** Takes the sessions in cascade order, and how many may run at once; gives the one to start now, or null. Pure. */
export function nextInLine(cascade: readonly InLine[], most: number): string | null {
  if (cascade.filter(({ runs }) => runs).length >= most) return null
  return cascade.find(({ waits, runs }) => waits && !runs)?.id ?? null
}

/** How one that waits is started: what it was asked with, also after a restart of Sluice. Pure. */
export function startOf({ linedUp }: Pick<SessionRecord, 'linedUp'>): Start {
  if (linedUp?.fresh === true) return { kind: 'new' }
  return { kind: 'resume', ...(linedUp?.prompt == null ? {} : { prompt: linedUp.prompt }) }
}

export type LineupParts = {
  readonly roster: Roster
  readonly sessions: Sessions
  readonly clock: Clock
  readonly log: Log
  home(): { readonly checkout: { readonly trusted: boolean }; readonly config: { readonly maxSessions: number } }
}

export type Lineup = {
  /** Starts it now, or, where as many run as may, as soon as there is room. */
  launch(session: LiveSession, start: Start): Promise<Result<Session, LaunchFailure>>
  /** From here on those that wait are started; to be called once, when the sessions of an earlier Sluice run again. */
  open(): void
  /** There may be room now. */
  poke(): void
  close(): Promise<void>
}

export function createLineup({ roster, sessions, log, home }: LineupParts): Lineup {
  let opened = false
  let closed = false
  let starting: Promise<void> | null = null
  let told = ''

  /** One whose worktree is still being made does not run yet: it comes here when it could. */
  function runs({ id, prepared }: SessionRecord): boolean {
    const session = sessions.byId(id)
    return prepared && session !== undefined && !session.isToStart() && takesRoom(session.view())
  }

  const cascade = (): readonly InLine[] =>
    roster.all().map((record) => ({ id: record.id, waits: record.linedUp !== null, runs: runs(record) }))

  /** Without the user's trust nothing of the repository may run: they wait until it is given again. */
  function next(): string | null {
    const { checkout, config } = home()
    return closed || !checkout.trusted ? null : nextInLine(cascade(), config.maxSessions)
  }

  async function start(id: string): Promise<void> {
    const session = sessions.byId(id)
    const record = roster.byId(id)
    if (session === undefined || record === undefined) return
    const launched = await session.launch(startOf(record))
    // Nobody waits for this answer, so the session itself has to say it.
    if (!launched.ok && roster.byId(id)?.linedUp != null)
      sessions.keep({ kind: 'session-left-line', session: id, message: launched.failure.message })
  }

  async function startAll(): Promise<void> {
    for (;;) {
      const id = next()
      if (id === null) return
      await start(id)
    }
  }

  /** Each one that waits shows its place, which the others change. */
  function tellPlaces(): void {
    const line = roster.all().filter(({ linedUp }) => linedUp !== null)
    const now = line.map(({ id }) => id).join(' ')
    if (now === told) return
    told = now
    for (const { id } of line) sessions.byId(id)?.restate()
  }

  function poke(): void {
    if (closed) return
    tellPlaces()
    if (!opened || starting !== null || next() === null) return
    starting = startAll()
      .catch((error: unknown) => void log.fault(error))
      .finally(() => {
        starting = null
      })
  }

  const unfollow = [sessions.onChange(poke), sessions.onGone(poke), sessions.onArranged(poke)]

  return {
    async launch(session, start) {
      const { state } = session.view()
      const record = session.record()
      if (record.linedUp !== null) return fail('already-running', `“${record.name}” waits for room to run already.`)
      const now = cascade()
      const full = now.filter((one) => one.runs).length >= home().config.maxSessions
      // While sessions of an earlier Sluice come back, those that only waited do not hold them up.
      const others = opened && now.some(({ waits }) => waits)
      if ((isLive(state) && !session.isToStart()) || (!full && !others)) return session.launch(start)
      const prompt = start.kind === 'resume' ? (start.prompt ?? null) : null
      sessions.keep({ kind: 'session-lined-up', session: session.id, fresh: start.kind === 'new', prompt })
      poke()
      return ok(session.view())
    },
    open() {
      opened = true
      poke()
    },
    poke,
    async close() {
      closed = true
      for (const stop of unfollow) stop()
      await starting
    },
  }
}
