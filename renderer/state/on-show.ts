/** What a window has on show stays on show, whatever becomes of the order. Pure. */

import type { View } from './projection.ts'

type Seen = Pick<View, 'sessions' | 'generation'>

/**
 * The session, by id, that stays on show after the House said something new. Where none was chosen it is the first, also after it was moved;
 * where the chosen one went away, the one in its place. One that this window just started may come a moment later.
 */
export function keptOnShow(selected: string | null, before: Seen | null, after: Seen): string | null {
  const placeIn = (view: Seen | null): number => view?.sessions.findIndex(({ id }) => id === selected) ?? -1
  const was = placeIn(before)
  const isComing = selected !== null && was === -1 && before?.generation === after.generation
  if (placeIn(after) !== -1 || isComing) return selected
  return after.sessions[Math.min(Math.max(was, 0), after.sessions.length - 1)]?.id ?? null
}
