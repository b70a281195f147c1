/** What a window has on show stays on show, whatever becomes of the order. Pure. */

import { cascadeOf } from './standing.ts'
import type { View } from './projection.ts'

type Seen = Pick<View, 'sessions' | 'generation'>

/**
 * The session, by id, that stays on show after the House said something new. Where none was chosen it is the first, also after it was moved;
 * where the chosen one went away, the one in its place. One that this window just started may come a moment later.
 */
export function keptOnShow(selected: string | null, before: Seen | null, after: Seen): string | null {
  const placeIn = (view: Seen | null): number => cascadeOf(view?.sessions ?? []).findIndex(({ id }) => id === selected)
  const was = placeIn(before)
  const isComing = selected !== null && was === -1 && before?.generation === after.generation
  if (placeIn(after) !== -1 || isComing) return selected
  const there = cascadeOf(after.sessions)
  return there[Math.min(Math.max(was, 0), there.length - 1)]?.id ?? null
}
