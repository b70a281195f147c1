/** The text of a terminal as whole lines, and the way back from a place in a line to a cell. Knows no searching. */

import type { IBufferLine, Terminal } from '@xterm/xterm'

/** Reading and searching more would be felt. */
export const MOST_ROWS = 20_000

export type Lines = {
  readonly texts: readonly string[]
  /** Older rows are there and were left out. */
  readonly cut: boolean
  /** The row in which a place of a line stands, counted as the buffer was when it was read, and how far in the text of that row. */
  placeOf(line: number, at: number): { readonly row: number; readonly at: number }
}

function textOf(line: IBufferLine, next: IBufferLine | undefined): string {
  if (next?.isWrapped !== true) return line.translateToString(true)
  const text = line.translateToString(false)
  // A wide character that had no room at the end of the row left a blank there, which nobody wrote.
  const gap = next.getCell(0)?.getWidth() === 2 && line.getCell(line.length - 1)?.getCode() === 0
  return gap ? text.slice(0, -1) : text
}

/** The column of a place in the text of a row. */
export function columnAt(line: IBufferLine | undefined, at: number): number {
  let passed = 0
  for (let column = 0; line !== undefined && column < line.length; column += 1) {
    const cell = line.getCell(column)
    if (cell === undefined || cell.getWidth() === 0) continue
    passed += cell.getChars().length || 1
    if (passed > at) return column
  }
  return line?.length ?? 0
}

/** A part of one row; `to` is the column behind it. */
export type Cells = { readonly row: number; readonly from: number; readonly to: number }

/** The cells of a piece of text, row by row: it begins at a place in the text of a row, and goes on where that is wrapped. */
export function* cellsOf({ buffer: { active } }: Terminal, row: number, at: number, length: number): Generator<Cells> {
  let [now, begin, left] = [row, at, length]
  while (left > 0) {
    const line = active.getLine(now)
    if (line === undefined) return
    const here = Math.min(left, textOf(line, active.getLine(now + 1)).length - begin)
    // What is gone was printed over meanwhile.
    if (here <= 0) return
    yield { row: now, from: columnAt(line, begin), to: columnAt(line, begin + here) }
    left -= here
    begin = 0
    now += 1
    if (active.getLine(now)?.isWrapped !== true) return
  }
}

/** Reads what a terminal shows and keeps: its newest rows. */
export function readLines({ buffer: { active } }: Terminal): Lines {
  let top = Math.max(0, active.length - MOST_ROWS)
  const cut = top > 0
  while (cut && top < active.length && active.getLine(top)?.isWrapped === true) top += 1
  // Everything is one line: its end is all there is.
  if (top >= active.length) top = active.length - MOST_ROWS
  const texts: string[] = []
  /** The first row of each line, and for each row the place in its line where it begins. */
  const firsts: number[] = []
  const begins: number[] = []
  let parts: string[] = []
  let length = 0
  for (let row = top; row < active.length; row += 1) {
    const line = active.getLine(row)
    if (line === undefined) break
    if (row === top || !line.isWrapped) {
      if (row > top) texts.push(parts.join(''))
      firsts.push(row)
      parts = []
      length = 0
    }
    begins.push(length)
    const text = textOf(line, active.getLine(row + 1))
    parts.push(text)
    length += text.length
  }
  texts.push(parts.join(''))
  return {
    texts,
    cut,
    placeOf(line, at) {
      const first = firsts[line] ?? top
      let [low, high] = [first, (firsts[line + 1] ?? top + begins.length) - 1]
      while (low < high) {
        const middle = Math.ceil((low + high) / 2)
        if ((begins[middle - top] ?? 0) <= at) low = middle
        else high = middle - 1
      }
      return { row: low, at: at - (begins[low - top] ?? 0) }
    },
  }
}
