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
