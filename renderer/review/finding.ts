/** Finds text in the lines of a diff, some at a time: who asks decides how long a turn is. Pure. */

import { textOf, type Row, type Side } from './diff-rows.ts'

export type Query = { readonly text: string; readonly matchCase: boolean }

/** One place that has the text: the row of a file, and the characters of its line. */
export type Match = {
  readonly id: string
  readonly row: number
  readonly line: number
  readonly side: Side
  readonly from: number
  readonly to: number
}

/** More are not shown: nobody goes through them one by one. */
export const MOST_MATCHES = 10_000

/** Where the text is in a line, from 0. */
export function placesIn(line: string, { text, matchCase }: Query): readonly number[] {
  if (text === '') return []
  // Some characters are longer in lower case; then the numbers would be another line's.
  const lower = matchCase ? line : line.toLowerCase()
  const [hay, needle] = matchCase || lower.length !== line.length ? [line, text] : [lower, text.toLowerCase()]
  const places: number[] = []
  for (let at = hay.indexOf(needle); at !== -1; at = hay.indexOf(needle, at + needle.length)) places.push(at)
  return places
}

/** Rows between two looks at the clock. */
const ROWS_A_STEP = 500

type Searched = { readonly id: string; rows(): readonly Row[] }

/** Goes through the files in order; gives what it found so far after every few hundred rows. Ends early when there is too much. */
export function* find(files: readonly Searched[], query: Query): Generator<readonly Match[], readonly Match[]> {
  const found: Match[] = []
  for (const { id, rows } of files) {
    const all = rows()
    for (let row = 0; row < all.length; row += 1) {
      const one = all[row]
      if (one === undefined) continue
      const side: Side = one.new === null ? 'deletions' : 'additions'
      for (const from of placesIn(textOf(one), query)) {
        found.push({ id, row, line: one.new ?? one.old ?? 0, side, from, to: from + query.text.length })
      }
      if (found.length >= MOST_MATCHES) return found
      if (row % ROWS_A_STEP === ROWS_A_STEP - 1) yield found
    }
    yield found
  }
  return found
}

/** What the field says of how much was found. `at` is the one on show, from 0; -1 for none. */
export function foundWords({ count, at, over }: { readonly count: number; readonly at: number; readonly over: boolean }): string {
  if (count === 0) return over ? 'Nothing found' : 'Searching…'
  const many = count >= MOST_MATCHES ? `${MOST_MATCHES.toLocaleString('en')}+` : `${count.toLocaleString('en')}${over ? '' : '…'}`
  return at === -1 ? many : `${(at + 1).toLocaleString('en')} of ${many}`
}

/** The first match from a row of a file on, in the order of the files; the first of all after the last one. */
export function matchFrom(matches: readonly Match[], order: ReadonlyMap<string, number>, id: string, row: number): number {
  const place = order.get(id) ?? 0
  const at = matches.findIndex((match) => {
    const its = order.get(match.id) ?? 0
    return its > place || (its === place && match.row >= row)
  })
  return at === -1 ? 0 : at
}
