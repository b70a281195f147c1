/** What a search is and where it finds something in lines of text. Pure; knows neither terminals nor cells. */

export type Query = {
  readonly text: string
  readonly matchCase: boolean
  readonly wholeWord: boolean
  readonly regex: boolean
}

export type Match = { readonly line: number; readonly at: number; readonly length: number }
/** `more`: there are others, which are not counted. */
export type Matches = { readonly found: readonly Match[]; readonly more: boolean }

/** More than anybody steps through. */
export const MOST_MATCHES = 10_000

const SYNTAX = /[\\^$.*+?()[\]{}|/]/gu
const WORD = '[\\p{L}\\p{N}_]'

/** Takes what was typed; gives the expression to look for, or null when it is none. */
export function patternOf({ text, matchCase, wholeWord, regex }: Query): RegExp | null {
  const source = regex ? text : text.replace(SYNTAX, String.raw`\$&`)
  try {
    return new RegExp(wholeWord ? `(?<!${WORD})(?:${source})(?!${WORD})` : source, matchCase ? 'gu' : 'giu')
  } catch {
    return null
  }
}

/** Finds the expression in each line. What matches nothing but a place between characters is no match. */
export function matchesIn(lines: readonly string[], pattern: RegExp, most = MOST_MATCHES): Matches {
  const found: Match[] = []
  for (const [line, text] of lines.entries()) {
    for (const match of text.matchAll(pattern)) {
      if (match[0] === '') continue
      if (found.length === most) return { found, more: true }
      found.push({ line, at: match.index, length: match[0].length })
    }
  }
  return { found, more: false }
}

/** The match to begin with: the last one that starts at or above a row, else the first. -1: there is none. */
export function firstMatch(rows: readonly number[], row: number): number {
  const last = rows.findLastIndex((one) => one <= row)
  return last === -1 && rows.length > 0 ? 0 : last
}

/** The match to stay at: the same one if it is still there, else the last one above where it was, or above a row when there was none. */
export function matchAfter(
  spots: readonly { readonly row: number; readonly at: number }[],
  was: { readonly row: number; readonly at: number } | null,
  row: number,
): number {
  const same = was === null ? -1 : spots.findIndex((spot) => spot.row === was.row && spot.at === was.at)
  if (same !== -1) return same
  return firstMatch(
    spots.map((spot) => spot.row),
    was?.row ?? row,
  )
}

/** Where a step leads, and at which end it went on at the other. */
export type Step = { readonly at: number; readonly from: 'top' | 'bottom' | null }

/** The match before or after one of so many. */
export function stepFrom(at: number, by: 1 | -1, count: number): Step {
  if (at + by >= count) return { at: 0, from: 'top' }
  return at + by < 0 ? { at: count - 1, from: 'bottom' } : { at: at + by, from: null }
}

type Counted = { readonly count: number; readonly at: number; readonly more: boolean; readonly from?: Step['from'] }

/** What is said of the matches: “3 of 17”, “1 of 17, from the top”. `at` counts from 0. */
export function countWords({ count, at, more, from = null }: Counted): string {
  if (count === 0) return 'Nothing found'
  const all = more ? `more than ${count}` : `${count}`
  return at < 0 ? all : `${at + 1} of ${all}${from === null ? '' : `, from the ${from}`}`
}
