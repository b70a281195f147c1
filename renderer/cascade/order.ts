/** Where a tab stands after it was dragged or moved, and which tabs are out of sight. Pure. */

export type Edge = 'before' | 'after'

/** The place, from 1, that a tab has after it was dropped at one edge of another; null when that changes nothing. */
export function placeAfterDrop(ids: readonly string[], dragged: string, over: string, edge: Edge): number | null {
  const from = ids.indexOf(dragged)
  const rest = ids.filter((id) => id !== dragged)
  const at = rest.indexOf(over)
  if (from === -1 || at === -1) return null
  const to = edge === 'before' ? at : at + 1
  return to === from ? null : to + 1
}

/** The order after one of them was put at a place, from 1. */
export function movedTo(ids: readonly string[], id: string, to: number): readonly string[] {
  const rest = ids.filter((other) => other !== id)
  return [...rest.slice(0, to - 1), id, ...rest.slice(to - 1)]
}

/** The sessions in a wished order, as long as it names exactly them; else as they are. */
export function inOrder<One extends { readonly id: string }>(
  sessions: readonly One[],
  wished: readonly string[] | null,
): readonly One[] {
  if (wished === null || wished.length !== sessions.length) return sessions
  const byId = new Map(sessions.map((session) => [session.id, session]))
  const ordered = wished.flatMap((id) => byId.get(id) ?? [])
  return ordered.length === sessions.length ? ordered : sessions
}

/** An order that the user gave, and that the House was asked for. */
export type Wish = {
  readonly ids: readonly string[]
  /** The House's order when it was asked. */
  readonly before: readonly string[]
  readonly accepted: boolean
}

const same = (one: readonly string[], other: readonly string[]): boolean => one.join() === other.join()

/** True when the House's order counts again: it is the wished one, names other sessions, or is a later one than the wish was made on. */
export function isSettled({ ids, before, accepted }: Wish, house: readonly string[]): boolean {
  if (same(house, ids) || !same(house.toSorted(), ids.toSorted())) return true
  return accepted && !same(house, before)
}

export type Span = { readonly left: number; readonly right: number }

export type Drop = { readonly over: string; readonly edge: Edge }

/** Where a tab held at `x` would come to stand: before the first tab whose middle is right of it, else after the last. */
export function dropAt(tabs: readonly (Span & { readonly id: string })[], x: number): Drop | null {
  const next = tabs.find(({ left, right }) => x < (left + right) / 2)
  if (next !== undefined) return { over: next.id, edge: 'before' }
  const last = tabs.at(-1)
  return last === undefined ? null : { over: last.id, edge: 'after' }
}

/** How many tabs are not wholly inside the strip, on each side. A pixel of rounding does not count. */
export function outOfSight(strip: Span, tabs: readonly Span[]): { readonly left: number; readonly right: number } {
  return {
    left: tabs.filter((tab) => tab.left < strip.left - 1).length,
    right: tabs.filter((tab) => tab.right > strip.right + 1).length,
  }
}

/** Where a key leads from tab `at` of `count`; null for keys that are not for the cascade. */
export function stepOf(key: string, at: number, count: number): number | null {
  if (count === 0) return null
  switch (key) {
    case 'ArrowRight':
      return (at + 1) % count
    case 'ArrowLeft':
      return (at - 1 + count) % count
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}
