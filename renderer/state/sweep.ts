/** The sweep: who waits for the user, in which order, and which pane matters when the user gets there. Pure. */

import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import type { Pane } from './panes.ts'
import { entryOf, isLanded, isUnheard, waitingSince } from './standing.ts'

export type Waiting = { readonly session: Session; readonly since: string }

/** The sessions that wait for the user, longest wait first. */
export function sweep(sessions: readonly Session[], queue: readonly Entry[]): readonly Waiting[] {
  return sessions
    .flatMap((session) => {
      const since = waitingSince(session, entryOf(queue, session.name))
      return since === null ? [] : [{ session, since }]
    })
    .sort((a, b) => a.since.localeCompare(b.since))
}

/**
 * Where the sweep leads from the session on show: the one after it in the order of waiting, and from the last to the first.
 * One that was acted on waits no more: from there the way goes to whoever waits longest.
 */
export function nextWaiting<Who extends { readonly session: { readonly id: string } }>(
  waiting: readonly Who[],
  onShow: string | null,
): Who | null {
  const at = waiting.findIndex((one) => one.session.id === onShow)
  return waiting[at + 1] ?? waiting[0] ?? null
}

/** States in which the session says in its terminal what it wants. */
const ASKING: ReadonlySet<Session['state']> = new Set(['needs-permission', 'asks', 'limited', 'crashed', 'starting'])

/** The pane in which the user can do something for the session: its question first, then what blocks it, then its work. */
export function paneFor(session: Session, entry: Entry | null): Pane {
  if (ASKING.has(session.state) || isUnheard(session)) return 'terminal'
  if (entry?.phase === 'blocked') return 'queue'
  const reviewable = !session.research && (session.ahead > 0 || session.dirty)
  return (session.state === 'idle' || session.state === 'exited') && reviewable && !isLanded(session, entry)
    ? 'review'
    : 'terminal'
}
