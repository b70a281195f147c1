/** What a session amounts to for the user: whether it waits for you, and its place in the landing queue. Pure. */

import type { Entry } from '../../shared/model/queue.ts'
import { isLive, takesRoom, waitsForUser, type Session } from '../../shared/model/session.ts'
import { asSeen, firstLine } from './as-seen.ts'
import { timeOfDay } from './format.ts'

const ON_ITS_WAY: ReadonlySet<Entry['phase']> = new Set(['waiting', 'rebasing', 'checking', 'landing'])

const cascades = new WeakMap<readonly Session[], readonly Session[]>()

/** The sessions of the cascade: all but the archived ones. The same list for the same sessions, so that nothing is drawn anew. */
export function cascadeOf(sessions: readonly Session[]): readonly Session[] {
  const known = cascades.get(sessions)
  if (known !== undefined) return known
  const there = sessions.some(({ state }) => state === 'archived')
    ? sessions.filter(({ state }) => state !== 'archived')
    : sessions
  cascades.set(sessions, there)
  return there
}

/** True for an entry that moves by itself. */
export function onItsWay(entry: Entry | null): boolean {
  return entry !== null && ON_ITS_WAY.has(entry.phase)
}

/** The session's last entry in the queue, or null. */
export function entryOf(queue: readonly Entry[], name: string): Entry | null {
  return (
    queue.findLast((entry) => entry.session === name && ON_ITS_WAY.has(entry.phase)) ??
    queue.findLast((entry) => entry.session === name) ??
    null
  )
}

/** Its place among the entries that move, from 1; null when it has none. */
export function placeOf(queue: readonly Entry[], name: string): number | null {
  const at = queue.filter((entry) => onItsWay(entry)).findIndex((entry) => entry.session === name)
  return at === -1 ? null : at + 1
}

/** True when everything it committed has landed and nothing came after. */
export function isLanded(session: Session, entry: Entry | null): boolean {
  return entry?.phase === 'landed' && session.ahead === 0 && !session.dirty
}

/** True for a Claude Code that outlived the Sluice that started it: it can be stopped, and nothing else. */
export function isOrphaned(session: Pick<Session, 'state' | 'waitingFor'>): boolean {
  return session.state === 'unknown' && session.waitingFor !== undefined
}

/** True while the session may be sent a prompt; one that has ended goes on with it. */
export function takesPrompts(session: Pick<Session, 'state' | 'place' | 'settingUp' | 'setupFailure'>): boolean {
  if (!isLive(session.state)) return session.state !== 'archived' && session.setupFailure === undefined
  return takesRoom(session) && session.state !== 'unknown' && session.settingUp !== true
}

/** True for one whose setup failed: nothing runs in it until it is resumed. */
export function isUnprepared(session: Pick<Session, 'state' | 'setupFailure'>): boolean {
  return session.setupFailure !== undefined && !isLive(session.state) && session.state !== 'archived'
}

/** Why a session whose worktree is missing or was moved cannot go on. */
export const MISSING = 'Its worktree is not where it was. See to that first; the button is over its terminal.'

/** What can be done with its process; null for nothing any more. */
export function verbOf(session: Pick<Session, 'state'>): 'stop' | 'start-again' | null {
  if (session.state === 'archived') return null
  return isLive(session.state) ? 'stop' : 'start-again'
}

/** What it asks for, in one line: the tool and the beginning of its input, or its question; null while it asks for nothing. */
export function askWords({ permission, questions }: Pick<Session, 'permission' | 'questions'>): string | null {
  if (permission !== undefined) {
    const line = firstLine(permission.input)
    return asSeen(line === '' ? permission.tool : `${permission.tool}: ${line}`)
  }
  const question = questions?.[0]?.question
  return question === undefined ? null : asSeen(question)
}

/** What is to be known of it beyond its state, in words; null for nothing. */
export function sentenceOf(session: Session): string | null {
  if (session.problem !== undefined) return session.problem
  if (isOrphaned(session)) {
    const process = session.pid === undefined ? '' : ` (process ${session.pid})`
    return `An earlier Sluice left this Claude Code running${process}. It cannot be shown or typed into: stop it, then resume it.`
  }
  if (isUnprepared(session)) return session.setupFailure ?? null
  const asks = askWords(session)
  if (asks !== null) return asks
  if (isUnheard(session)) return 'The prompt that it was sent last was not confirmed. It is kept, over its terminal.'
  if (session.state === 'limited' && session.limitedUntil !== undefined) {
    return `It is at a limit of the API until ${timeOfDay(session.limitedUntil)}. Send it a prompt then.`
  }
  if (session.state === 'limited' && session.waitingFor === undefined) {
    return 'Its last turn ended at a limit of the API. Send it a prompt when the limit is over.'
  }
  return session.waitingFor ?? null
}

/** True while the commit that could not be rebased is still the one it has: landing it again would end the same way. */
export function isStuck(session: Pick<Session, 'head'>, entry: Entry | null): boolean {
  return entry?.phase === 'blocked' && entry.why === 'conflicts' && (entry.head ?? session.head) === session.head
}

/** True while a prompt of its own is kept that Claude Code did not confirm: it idles, and somebody thinks that it works. */
export function isUnheard({ state, unsent }: Pick<Session, 'state' | 'unsent'>): boolean {
  return state === 'idle' && unsent !== undefined && !unsent.waits
}

/** Since when it waits for the user; null when it does not. An idle session that was approved, or whose work is on its way or landed, asks for nothing; the work of one that has ended waits like any other. */
export function waitingSince(session: Session, entry: Entry | null): string | null {
  const left = session.state === 'exited' && session.waitingSince !== undefined
  const settled =
    (left || session.state === 'idle') && !isUnheard(session) && (session.approved || onItsWay(entry) || isLanded(session, entry))
  if ((left || waitsForUser(session)) && !settled)
    return session.waitingSince ?? (entry?.phase === 'blocked' ? entry.since : session.startedAt)
  return entry?.phase === 'blocked' && session.state !== 'working' && session.state !== 'archived' ? entry.since : null
}
