/** Which sessions have a terminal on show, and which terminal each of them has. Pure. */

import { isLive, type Session } from '../../shared/model/session.ts'
import type { Panes } from '../state/panes.ts'

/** Each takes one graphics context, of which a page has few. */
export const MOST_WATCHED = 6

type Standing = Pick<Session, 'id' | 'state'>

type Chosen = { readonly beside: string | null; readonly before: readonly string[] }

function besideOf(sessions: readonly Standing[], selected: string, { beside, before }: Chosen): string | null {
  // Somebody may be typing there: the order of the cascade alone takes nobody's terminal away.
  const stayed = before[0] === selected ? before[1] : undefined
  const there = [beside, stayed].find((one) => one !== selected && sessions.some(({ id }) => id === one))
  if (typeof there === 'string') return there
  const at = sessions.findIndex(({ id }) => id === selected)
  const next = sessions[(at + 1) % sessions.length]
  return next === undefined || next.id === selected ? null : next.id
}

function watched(sessions: readonly Standing[], selected: string): readonly string[] {
  const live = sessions.filter(({ state }) => isLive(state)).map(({ id }) => id)
  const first = live.slice(0, MOST_WATCHED)
  const chosen = first.includes(selected) ? first : [...first.slice(0, MOST_WATCHED - 1), selected]
  return sessions.filter(({ id }) => chosen.includes(id)).map(({ id }) => id)
}

/**
 * The sessions, by id, whose terminals show, in the order in which they stand. The selected one is always among them.
 * `before`: those that showed last.
 */
export function onShow(
  sessions: readonly Standing[],
  selected: string,
  { terminals, ...chosen }: Pick<Panes, 'terminals'> & Chosen,
): readonly string[] {
  switch (terminals) {
    case 'one':
      return [selected]
    case 'two': {
      const other = besideOf(sessions, selected, chosen)
      return other === null ? [selected] : [selected, other]
    }
    case 'grid':
      return watched(sessions, selected)
  }
}

/** Who sits where: seat numbers are terminals, which are kept when the session in them changes. */
export type Seats = readonly (string | null)[]

/** Seats everybody who is on show. Who had a seat keeps it, so that nothing is drawn anew because something else changed. */
export function seated(before: Seats, ids: readonly string[]): Seats {
  const after: (string | null)[] = before.map((id) => (id !== null && ids.includes(id) ? id : null))
  for (const id of ids) {
    if (after.includes(id)) continue
    const free = after.indexOf(null)
    if (free === -1) after.push(id)
    else after[free] = id
  }
  const same = after.length === before.length && after.every((id, at) => id === before[at])
  return same ? before : after
}

/** In how many columns so many terminals stand when there is room: as square as can be. */
export function columnsFor(count: number): number {
  return Math.max(1, Math.ceil(Math.sqrt(count)))
}
