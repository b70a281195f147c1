/** The marks over what was found in a terminal: those that show, and a screen above and below. Finds nothing itself. */

import type { IDecoration, Terminal } from '@xterm/xterm'
import { cellsOf } from './lines.ts'

type Colours = { readonly ground: string; readonly ink: string }
export type FindColours = { readonly match: Colours; readonly current: Colours }

/** A match: where it begins and how many characters it is long. */
export type Spot = { readonly row: number; readonly at: number; readonly length: number }

export type Marks = {
  /** Marks these, in the order of their rows; `rowOf`: where one is by now. */
  draw(spots: readonly Spot[], current: number, rowOf: (spot: Spot) => number): void
  clear(): void
  /** It was scrolled so far that others show than are marked. */
  isElsewhere(): boolean
}

/** A busy screen has no room for more, and each one costs a little with every line that is printed. */
const MOST_MARKS = 400

/** Takes a terminal and what tells the colours that hold now. */
export function createMarks(terminal: Terminal, coloursNow: () => FindColours): Marks {
  let marks: IDecoration[] = []
  let markedAt = -1
  const active = () => terminal.buffer.active

  const clear = (): void => {
    for (const mark of marks) mark.marker.dispose()
    marks = []
    markedAt = -1
  }

  const markSpot = (begin: number, spot: Spot, { ground, ink }: Colours): void => {
    for (const { row, from, to } of cellsOf(terminal, begin, spot.at, spot.length)) {
      if (marks.length >= MOST_MARKS) return
      const marker = terminal.registerMarker(row - active().baseY - active().cursorY)
      const mark = terminal.registerDecoration({
        marker,
        x: from,
        width: Math.max(1, to - from),
        backgroundColor: ground,
        foregroundColor: ink,
        layer: 'top',
      })
      if (mark === undefined) marker.dispose()
      else marks.push(mark)
    }
  }

  return {
    draw(spots, current, rowOf) {
      clear()
      if (spots.length === 0) return
      const { viewportY } = active()
      const colours = coloursNow()
      markedAt = viewportY
      const chosen = spots[current]
      if (chosen !== undefined) markSpot(rowOf(chosen), chosen, colours.current)
      for (const spot of spots) {
        const row = rowOf(spot)
        if (row > viewportY + 2 * terminal.rows) break
        if (row >= viewportY - terminal.rows && spot !== chosen) markSpot(row, spot, colours.match)
      }
    },
    clear,
    isElsewhere: () => markedAt !== -1 && Math.abs(active().viewportY - markedAt) >= terminal.rows,
  }
}
