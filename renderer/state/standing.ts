/** What a session amounts to for the user: whether it waits for you, and its place in the landing queue. Pure. */

import type { Entry } from '../../shared/model/queue.ts'
import { waitsForUser, type Session } from '../../shared/model/session.ts'

const ON_ITS_WAY: ReadonlySet<Entry['phase']> = new Set(['waiting', 'rebasing', 'checking', 'landing'])

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

/** Since when it waits for the user; null when it does not. An idle session whose work is on its way or landed asks for nothing. */
export function waitingSince(session: Session, entry: Entry | null): string | null {
  const settled = session.state === 'idle' && (onItsWay(entry) || isLanded(session, entry))
  if (waitsForUser(session) && !settled)
    return session.waitingSince ?? (entry?.phase === 'blocked' ? entry.since : session.startedAt)
  return entry?.phase === 'blocked' && session.state !== 'working' && session.state !== 'archived' ? entry.since : null
}

/** The sessions that wait for the user, longest wait first: the order of the sweep. */
export function sweep(
  sessions: readonly Session[],
  queue: readonly Entry[],
): readonly { readonly session: Session; readonly since: string }[] {
  return sessions
    .flatMap((session) => {
      const since = waitingSince(session, entryOf(queue, session.name))
      return since === null ? [] : [{ session, since }]
    })
    .sort((a, b) => a.since.localeCompare(b.since))
}
