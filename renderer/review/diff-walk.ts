/** The places that one stops at on the way through a diff: each change, and each file that has nothing but itself. Pure. */

import { changesOf, rowsOf, type Row, type Rowed } from './diff-rows.ts'

/** A file, by its place, and a row of it; -1 is its header. */
export type Stop = { readonly part: number; readonly row: number }

const goesOn = (rows: readonly Row[], at: number): boolean => {
  const [row, next] = [rows[at], rows[at + 1]]
  return row !== undefined && next?.hunk === row.hunk && (next.old === null || next.new === null)
}

/** The first row of a change that is there now; where there is none, its first. */
function newIn(rows: readonly Row[], change: number): number {
  let at = change
  while (rows[at]?.new === null && goesOn(rows, at)) at += 1
  return rows[at]?.new === null ? change : at
}

/** More lines of a change than are in sight at once. */
const MOST = 30

/** The last row that is meant with one that is stopped at: what is there now, unless that is too much to see. */
export function endOf(rows: readonly Row[], row: number): number {
  let at = row
  while (rows[row]?.new !== null && rows[at + 1]?.new !== null && goesOn(rows, at)) at += 1
  return at - row < MOST ? at : row
}

/** All of them in order. What is folded is left out. */
export function stopsOf(parts: readonly { readonly read: Rowed }[], folded: (index: number) => boolean): readonly Stop[] {
  return parts.flatMap(({ read }, part) => {
    if (folded(part)) return []
    const rows = rowsOf(read)
    const changes = changesOf(rows)
    return changes.length === 0 ? [{ part, row: -1 }] : changes.map((row) => ({ part, row: newIn(rows, row) }))
  })
}

/** The next stop from a place, or the one before it; null at the end. */
export function stepFrom(stops: readonly Stop[], { part, row }: Stop, step: 1 | -1): Stop | null {
  const order = (stop: Stop): number => (stop.part === part ? stop.row - row : stop.part - part)
  return (step === 1 ? stops.find((stop) => order(stop) > 0) : stops.findLast((stop) => order(stop) < 0)) ?? null
}
