/** The sessions of the open repository: who they are, in which order, how many may run. Knows nothing of the queue, the page or prices. */

import type { Checkout } from '../git/checkout.ts'
import type { Oid } from '../git/names.ts'
import type { Git } from '../git/run.ts'
import type { Clock } from '../kit/clock.ts'
import { createEmitter } from '../kit/emitter.ts'
import type { Log } from '../kit/log.ts'
import type { Terminals } from '../terminals/terminals.ts'
import type { Config } from '../../shared/model/config.ts'
import { isLive, takesRoom, type Session } from '../../shared/model/session.ts'
import { fail, ok, type Refused, type Result } from '../../shared/result.ts'
import type { Claude } from './claude.ts'
import type { SessionFact, SessionRecord } from './facts.ts'
import { createLiveSession, type LiveSession } from './live-session.ts'
import { newNameFor } from './naming.ts'
import { placesAfterMove } from './order.ts'
import type { Roster } from './roster.ts'

/** What the sessions need to know of the open repository. */
export type Home = {
  readonly checkout: Checkout
  readonly config: Config
  readonly target: { readonly branch: string; readonly head: Oid } | null
}

export type Meter = { readonly spentUsd: number; readonly lastTotalUsd: number | null }

export type SessionsParts = {
  readonly git: Git
  readonly terminals: Terminals
  readonly clock: Clock
  readonly log: Log
  readonly roster: Roster
  readonly dataDir: string
  /** What the user's own commands get to see. */
  readonly env: Readonly<Record<string, string>>
  home(): Home
  /** Finds the user's Claude Code. */
  claude(): Promise<Result<Claude, 'no-claude' | 'claude-too-old'>>
  /** Adds a reading to a meter; handed in so that sessions know nothing of money. */
  meter(before: Meter, totalUsd: number): Meter
  /** Its place among those that wait for room to run, from 1; null when it does not. */
  placeInLine(id: string): number | null
  /** Whether Claude Code starts without a screen of its own, so that the terminal scrolls and the mouse selects. */
  classicTerminal(): boolean
}

export type LaunchFailure = 'no-claude' | 'claude-too-old' | 'already-running' | 'in-use'

export type Sessions = {
  /** In cascade order. */
  list(): readonly Session[]
  /** The live session of a name as a user may type it, of an id, or of a name that it had last. */
  named(name: string): Result<LiveSession, 'no-session'>
  record(name: string): SessionRecord | undefined
  /** True while the session's process is there, or may be. */
  runs(id: string): boolean
  /** How many more may run now. */
  room(): number
  /** The live session of an id. */
  byId(id: string): LiveSession | undefined
  /** Takes up a session that the roster just learned of. */
  add(id: string): Promise<LiveSession>
  /** Keeps a fact of a session and shows what follows. */
  keep(fact: SessionFact): void
  /** Gives it the place in the cascade, from 1; beyond the end is the end. Gives the cascade. */
  move(name: string, to: number): Result<readonly Session[], 'no-session'>
  /** Its branch and worktree keep their names. */
  rename(name: string, to: string): Result<Session, 'no-session' | 'bad-name' | 'name-taken'>
  /** The session as soon as it is so; as it is then where it does not become so in that time. */
  until(session: LiveSession, isSo: (view: Session) => boolean, milliseconds: number): Promise<Session>
  /** The target changed: ask git again. */
  poke(): void
  onChange(listener: (session: Session) => void): () => void
  onGone(listener: (id: string) => void): () => void
  /** Names or places are others now: whoever shows sessions by name, or in cascade order, has to look again. */
  onArranged(listener: () => void): () => void
  close(): Promise<void>
}

/** The sentence for a name that no session has. */
export function noSession(name: string): Refused<'no-session'> {
  return fail('no-session', `There is no session “${name}”. “sluice session list” shows them all.`)
}

/** Takes up every session that the roster knows. */
export async function createSessions(parts: SessionsParts): Promise<Sessions> {
  const { roster } = parts
  const live = new Map<string, LiveSession>()
  const changes = createEmitter<Session>()
  const gone = createEmitter<string>()
  const arranged = createEmitter<void>()

  async function add(id: string): Promise<LiveSession> {
    const session = await createLiveSession(parts, id, (view) => changes.emit(view))
    live.set(id, session)
    changes.emit(session.view())
    return session
  }
  await Promise.all(roster.all().map(({ id }) => add(id)))

  const list = (): readonly Session[] =>
    roster.all().flatMap(({ id }) => {
      const session = live.get(id)
      return session === undefined ? [] : [session.view()]
    })

  const runs = (id: string): boolean => isLive(live.get(id)?.view().state ?? 'exited')

  return {
    list,
    runs,
    named(name) {
      const session = live.get(roster.byName(name)?.id ?? '')
      return session === undefined ? noSession(name) : ok(session)
    },
    record: (name) => roster.byName(name),
    room: () => parts.home().config.maxSessions - list().filter(takesRoom).length,
    byId: (id) => live.get(id),
    add,
    keep(fact) {
      roster.apply(fact)
      const session = live.get(fact.session)
      if (roster.byId(fact.session) !== undefined) return session?.restate()
      live.delete(fact.session)
      void session?.close()
      gone.emit(fact.session)
    },
    move(name, to) {
      const moving = roster.byName(name)
      if (moving === undefined) return noSession(name)
      // An archived session has no place in the cascade.
      const cascade = roster.all().filter(({ archive }) => archive === null)
      const moved = placesAfterMove(cascade, moving.id, to)
      if (moved.length === 0) return ok(list())
      roster.apply(...moved.map(({ id, order }) => ({ kind: 'session-moved', session: id, order }) as const))
      for (const { id } of moved) live.get(id)?.restate()
      arranged.emit()
      return ok(list())
    },
    rename(name, to) {
      const record = roster.byName(name)
      const session = live.get(record?.id ?? '')
      if (record === undefined || session === undefined) return noSession(name)
      const wanted = newNameFor(roster.all(), record, to, runs)
      if (!wanted.ok) return wanted
      if (wanted.value === record.name) return ok(session.view())
      const until = parts.clock.now().toISOString()
      roster.apply({ kind: 'session-renamed', session: record.id, name: wanted.value, until })
      session.restate()
      arranged.emit()
      return ok(session.view())
    },
    async until(session, isSo, milliseconds) {
      if (isSo(session.view())) return session.view()
      await new Promise<void>((resolve) => {
        const callOff = parts.clock.after(milliseconds, () => over())
        const unfollow = changes.on((view) => (view.id === session.id && isSo(view) ? over() : undefined))
        function over(): void {
          callOff()
          unfollow()
          resolve()
        }
      })
      return session.view()
    },
    poke() {
      for (const session of live.values()) session.poke()
    },
    onChange: (listener) => changes.on(listener),
    onGone: (listener) => gone.on(listener),
    onArranged: (listener) => arranged.on(listener),
    async close() {
      await Promise.all([...live.values()].map((session) => session.close()))
    },
  }
}
