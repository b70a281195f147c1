/** Finds text in one terminal: what matches, which match is the current one, and their marks on the screen. Draws no field for it. */

import type { IDecoration, IMarker, Terminal } from '@xterm/xterm'
import { columnAt, readLines } from './lines.ts'
import { firstMatch, type Query } from './search.ts'
import { createSearching } from './searching.ts'

export type Found = {
  readonly count: number
  /** Which one is current, from 0; -1 for none. */
  readonly at: number
  readonly more: boolean
  /** Older lines were left out. */
  readonly cut: boolean
  readonly problem: 'no-pattern' | 'too-slow' | null
}

export type Colours = { readonly ground: string; readonly ink: string }
export type FindColours = { readonly match: Colours; readonly current: Colours }

export type Finder = {
  /** What is found follows what the terminal prints, until `close`. An empty text finds nothing. */
  find(query: Query): void
  step(by: 1 | -1): void
  /** The marks go; the current match is selected. */
  close(): void
  /** Draws the marks anew, in the colours that hold now. */
  restyle(): void
  found(): Found | null
  subscribe(told: () => void): () => void
}

/** A match: where it begins and how many characters it is long. */
type Spot = { readonly row: number; readonly at: number; readonly length: number }

/** Looked for again at most so often while the terminal prints, in milliseconds. */
const PAUSE = 250
/** Rows at the top of the screen over which the field may lie. */
const COVERED = 4
/** A busy screen has no room for more, and each one costs a little with every line that is printed. */
const MOST_MARKS = 400

/** Takes a terminal and what tells the colours; costs nothing until something is looked for. */
export function createFinder(terminal: Terminal, coloursNow: () => FindColours): Finder {
  const searching = createSearching()
  const listeners = new Set<() => void>()
  let query: Query | null = null
  let found: Found | null = null
  let spots: readonly Spot[] = []
  let current = -1
  /** A row that moves with the text, and where it was when the spots were found. */
  let anchor: { readonly marker: IMarker; readonly row: number } | null = null
  let marks: IDecoration[] = []
  let markedAt = -1
  let timer = 0
  let turns = 0
  let pause = PAUSE
  let following: readonly { dispose(): void }[] = []

  const active = () => terminal.buffer.active
  const rowOf = (spot: Spot): number => spot.row + (anchor === null ? 0 : anchor.marker.line - anchor.row)
  const tell = (next: Found | null): void => {
    found = next
    for (const told of listeners) told()
  }

  const unmark = (): void => {
    for (const mark of marks) mark.marker.dispose()
    marks = []
    markedAt = -1
  }

  const markSpot = (spot: Spot, { ground, ink }: Colours): void => {
    let [row, from, left] = [rowOf(spot), spot.at, spot.length]
    while (left > 0 && marks.length < MOST_MARKS) {
      const line = active().getLine(row)
      if (line === undefined) return
      const [start, end] = [columnAt(line, from), columnAt(line, from + left)]
      const marker = terminal.registerMarker(row - active().baseY - active().cursorY)
      const mark = terminal.registerDecoration({
        marker,
        x: start,
        width: Math.max(1, end - start),
        backgroundColor: ground,
        foregroundColor: ink,
        layer: 'top',
      })
      if (mark === undefined) marker.dispose()
      else marks.push(mark)
      if (end < line.length) return
      left -= line.translateToString(false).length - from
      from = 0
      row += 1
    }
  }

  /** Marks what shows, and a screen above and below it. */
  const mark = (): void => {
    unmark()
    if (spots.length === 0) return
    const { viewportY } = active()
    const colours = coloursNow()
    markedAt = viewportY
    const chosen = spots[current]
    if (chosen !== undefined) markSpot(chosen, colours.current)
    for (const spot of spots) {
      const row = rowOf(spot)
      if (row > viewportY + 2 * terminal.rows) break
      if (row >= viewportY - terminal.rows && spot !== chosen) markSpot(spot, colours.match)
    }
  }

  const reveal = (): void => {
    const spot = spots[current]
    if (spot === undefined) return
    const [row, { viewportY }] = [rowOf(spot), active()]
    if (row < viewportY + COVERED || row >= viewportY + terminal.rows)
      terminal.scrollToLine(Math.max(0, row - (terminal.rows >> 1)))
  }

  const run = async (show: boolean): Promise<void> => {
    window.clearTimeout(timer)
    timer = 0
    const asked = query
    if (asked === null) return
    const turn = (turns += 1)
    const begun = performance.now()
    const lines = readLines(terminal)
    const marker = terminal.registerMarker(0)
    const row = marker.line
    const answer = await searching.ask(lines.texts, asked)
    if (turn !== turns || marker.isDisposed) {
      marker.dispose()
      if (turn === turns) later()
      return
    }
    pause = Math.max(PAUSE, 5 * (performance.now() - begun))
    const before = spots[current]
    const was = before === undefined || anchor?.marker.isDisposed === true ? null : { row: rowOf(before), at: before.at }
    anchor?.marker.dispose()
    anchor = { marker, row }
    if (answer === 'no-pattern' || answer === 'too-slow') {
      spots = []
      current = -1
      mark()
      return tell({ count: 0, at: -1, more: false, cut: lines.cut, problem: answer })
    }
    spots = answer.found.map(({ line, at, length }) => ({ ...lines.placeOf(line, at), length }))
    const moved = anchor.marker.line - anchor.row
    const same = was === null ? -1 : spots.findIndex((spot) => spot.row + moved === was.row && spot.at === was.at)
    const from = (was?.row ?? active().viewportY + terminal.rows - 1) - moved
    current =
      same === -1
        ? firstMatch(
            spots.map((spot) => spot.row),
            from,
          )
        : same
    if (show) reveal()
    mark()
    tell({ count: spots.length, at: current, more: answer.more, cut: lines.cut, problem: null })
  }

  // What took too long once would do so again: another question has to be asked first.
  const later = (): void => {
    if (timer === 0 && found?.problem !== 'too-slow') timer = window.setTimeout(() => void run(false), pause)
  }

  const follow = (): void => {
    if (following.length > 0) return
    following = [
      terminal.onWriteParsed(later),
      terminal.onResize(later),
      terminal.buffer.onBufferChange(() => {
        unmark()
        later()
      }),
      terminal.onRender(() => {
        if (markedAt !== -1 && Math.abs(active().viewportY - markedAt) >= terminal.rows) mark()
      }),
    ]
  }

  const forget = (): void => {
    turns += 1
    window.clearTimeout(timer)
    timer = 0
    query = null
    unmark()
    spots = []
    current = -1
    anchor?.marker.dispose()
    anchor = null
    for (const one of following) one.dispose()
    following = []
    searching.close()
    tell(null)
  }

  return {
    find(next) {
      if (next.text === '') return forget()
      query = next
      found = found === null ? null : { ...found, problem: null }
      follow()
      void run(true)
    },
    step(by) {
      if (spots.length === 0 || found === null) return
      current = (current + by + spots.length) % spots.length
      reveal()
      mark()
      tell({ ...found, at: current })
    },
    close() {
      const spot = spots[current]
      const row = spot === undefined ? -1 : rowOf(spot)
      if (spot !== undefined && row >= 0) terminal.select(columnAt(active().getLine(row), spot.at), row, spot.length)
      forget()
    },
    restyle: mark,
    found: () => found,
    subscribe(told) {
      listeners.add(told)
      return () => listeners.delete(told)
    },
  }
}
