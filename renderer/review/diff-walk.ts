/** The places that one stops at on the way through a diff: each change, and each file that has nothing but itself. Pure. */

import { changesOf, rowsOf, type Rowed } from './diff-rows.ts'

/** A file, by its place, and a row of it; -1 is its header. */
export type Stop = { readonly part: number; readonly row: number }

/** All of them in order. What is folded is left out. */
export function stopsOf(parts: readonly { readonly read: Rowed }[], folded: (index: number) => boolean): readonly Stop[] {
  return parts.flatMap(({ read }, part) => {
    if (folded(part)) return []
    const rows = changesOf(rowsOf(read))
    return rows.length === 0 ? [{ part, row: -1 }] : rows.map((row) => ({ part, row }))
  })
}

/** The next stop from a place, or the one before it; null at the end. */
export function stepFrom(stops: readonly Stop[], { part, row }: Stop, step: 1 | -1): Stop | null {
  const order = (stop: Stop): number => (stop.part === part ? stop.row - row : stop.part - part)
  return (step === 1 ? stops.find((stop) => order(stop) > 0) : stops.findLast((stop) => order(stop) < 0)) ?? null
}
