/** The rows of one file of a diff, in the order in which they are read, and which of them somebody means. Pure. */

import type { Lines } from '../../shared/model/review.ts'

type Block =
  | { readonly type: 'context'; readonly lines: number; readonly additionLineIndex: number; readonly deletionLineIndex: number }
  | {
      readonly type: 'change'
      readonly deletions: number
      readonly additions: number
      readonly additionLineIndex: number
      readonly deletionLineIndex: number
    }
type Hunked = {
  readonly additionStart: number
  readonly deletionStart: number
  readonly additionCount: number
  readonly deletionCount: number
  readonly hunkContent: readonly Block[]
}
/** A parsed file, as far as its rows go. */
export type Rowed = {
  readonly hunks: readonly Hunked[]
  readonly additionLines: readonly string[]
  readonly deletionLines: readonly string[]
}

/** A row that was there before, is there now, or both; numbers are lines from 1. */
export type Row = { readonly old: number | null; readonly new: number | null; readonly hunk: number; readonly text: string }

/** What the view calls the two sides. */
export type Side = 'additions' | 'deletions'
/** What somebody selected, as the view tells it. */
export type Picked = {
  readonly start: number
  readonly end: number
  readonly side?: Side | undefined
  readonly endSide?: Side | undefined
}

const known = new WeakMap<Rowed, { readonly hunks: Rowed['hunks']; readonly rows: readonly Row[] }>()

function readRows({ hunks, additionLines, deletionLines }: Rowed): readonly Row[] {
  const rows: Row[] = []
  hunks.forEach((hunk, at) => {
    // A side without lines says where it would be: after that line.
    let old = hunk.deletionStart + (hunk.deletionCount === 0 ? 1 : 0)
    let now = hunk.additionStart + (hunk.additionCount === 0 ? 1 : 0)
    for (const block of hunk.hunkContent) {
      if (block.type === 'context') {
        for (let line = 0; line < block.lines; line += 1) {
          rows.push({ old: old++, new: now++, hunk: at, text: additionLines[block.additionLineIndex + line] ?? '' })
        }
        continue
      }
      for (let line = 0; line < block.deletions; line += 1) {
        rows.push({ old: old++, new: null, hunk: at, text: deletionLines[block.deletionLineIndex + line] ?? '' })
      }
      for (let line = 0; line < block.additions; line += 1) {
        rows.push({ old: null, new: now++, hunk: at, text: additionLines[block.additionLineIndex + line] ?? '' })
      }
    }
  })
  return rows
}

/** The rows that the diff of a file has, without what lies between its hunks. Read once for each state of the file. */
export function rowsOf(file: Rowed): readonly Row[] {
  const before = known.get(file)
  // The view fills a file in where it stands once all of it was loaded.
  if (before?.hunks === file.hunks) return before.rows
  const rows = readRows(file)
  known.set(file, { hunks: file.hunks, rows })
  return rows
}

/** A row's line without its end. */
export function textOf({ text }: Row): string {
  return text.replace(/\r?\n$/u, '')
}

/** The line that a row is on a side; null where it is not on that one. */
export const numberOn = (row: Row, side: Side): number | null => (side === 'additions' ? row.new : row.old)

/** Where the row of a line is; -1 where the diff does not have it. */
export function rowAt(rows: readonly Row[], line: number, side: Side): number {
  return rows.findIndex((row) => numberOn(row, side) === line)
}

/** The line that stands for a row: as it is now, where it still is. */
export function pointOf(row: Row): { readonly line: number; readonly side: Side } {
  return row.new === null ? { line: row.old ?? 0, side: 'deletions' } : { line: row.new, side: 'additions' }
}

/** From one row to another, as the view selects it. */
export function pickedOf(rows: readonly Row[], from: number, to: number): Picked | null {
  const [first, last] = [rows[Math.min(from, to)], rows[Math.max(from, to)]]
  if (first === undefined || last === undefined) return null
  const [start, end] = [pointOf(first), pointOf(last)]
  return { start: start.line, side: start.side, end: end.line, endSide: end.side }
}

/** First and last row of what was selected, in reading order; null where the diff does not have them. */
export function spanOf(rows: readonly Row[], picked: Picked): readonly [number, number] | null {
  const side = picked.side ?? 'additions'
  const ends = [rowAt(rows, picked.start, side), rowAt(rows, picked.end, picked.endSide ?? side)]
  return ends.includes(-1) ? null : [Math.min(...ends), Math.max(...ends)]
}

const from = (lines: readonly number[], side: Lines['side']): Lines => ({
  side,
  start: Math.min(...lines),
  end: Math.max(...lines),
})

/**
 * The lines that a comment on what was selected is about: those that are there now, wherever there is one; those that are gone,
 * where only such were selected, or some in the column of what was.
 */
export function linesOf(rows: readonly Row[], picked: Picked): Lines {
  const side = picked.side ?? 'additions'
  const endSide = picked.endSide ?? side
  const span = spanOf(rows, picked)
  if (span === null) {
    // Between the hunks: such lines are the same on both sides, and the view says the numbers of one.
    const both = side === endSide ? [picked.start, picked.end] : [picked.end]
    return from(both, endSide === 'additions' ? 'new' : 'old')
  }
  const meant = rows.slice(span[0], span[1] + 1)
  const now = meant.flatMap((row) => row.new ?? [])
  const gone = meant.some((row) => row.new === null)
  if (now.length === 0 || (gone && side === 'deletions' && endSide === 'deletions')) {
    return from(
      meant.flatMap((row) => row.old ?? []),
      'old',
    )
  }
  return from(now, 'new')
}

/** What the lines say, for a suggested edit; null where the diff does not have all of them. */
export function textOfLines(rows: readonly Row[], { side, start, end }: Lines): string | null {
  const on: Side = side === 'new' ? 'additions' : 'deletions'
  const meant = rows.filter((row) => {
    const line = numberOn(row, on)
    return line !== null && line >= start && line <= end
  })
  return meant.length === end - start + 1 ? meant.map(textOf).join('\n') : null
}

/** First row of each change: rows that are not the same on both sides, next to each other. */
export function changesOf(rows: readonly Row[]): readonly number[] {
  const differs = (row: Row | undefined): boolean => row !== undefined && (row.old === null || row.new === null)
  return rows.flatMap((row, at) => {
    const before = rows[at - 1]
    return differs(row) && !(differs(before) && before?.hunk === row.hunk) ? [at] : []
  })
}
