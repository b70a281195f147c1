/** Finds text in one terminal: what matches, which match is the current one, and their marks on the screen. Draws no field for it. */

import type { IMarker, Terminal } from '@xterm/xterm'
import { cellsOf, readLines, type Cells } from './lines.ts'
import { createMarks, type FindColours, type Spot } from './marks.ts'
import { createPace } from './pace.ts'
import { matchAfter, stepFrom, type Query, type Step } from './search.ts'
import { after, createSearching, type Answer } from './searching.ts'

export type Found = {
  readonly count: number
  /** Which one is current, from 0; -1 for none. */
  readonly at: number
  readonly more: boolean
  /** The last step went on at the other end. */
  readonly from: Step['from']
  /** It stands where the field lies, and there is nothing above to scroll to. */
  readonly covered: boolean
  /** Older lines were left out. */
  readonly cut: boolean
  readonly problem: Extract<Answer, string> | null
}

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

/** Rows at the top of the screen over which the field may lie. */
const COVERED = 4

/** Takes a terminal and what tells the colours; costs nothing until something is looked for. */
export function createFinder(terminal: Terminal, coloursNow: () => FindColours): Finder {
  const searching = createSearching()
  const listeners = new Set<() => void>()
  let query: Query | null = null
  let found: Found | null = null
  let spots: readonly Spot[] = []
  let current = -1
  /** Where looking began, or was last stepped to: another question is answered from there, and not from where the last answer led. */
  let origin: IMarker | null = null
  /** A row that moves with the text, and where it was when the spots were found. */
  let anchor: { readonly marker: IMarker; readonly row: number } | null = null
  const marks = createMarks(terminal, coloursNow)
  let turns = 0
  /** What `anchor` will be once the question is answered: one that another follows is not. */
  let asking: IMarker | null = null
  let following: readonly { dispose(): void }[] = []

  const active = () => terminal.buffer.active
  const rowOf = (spot: Spot): number => spot.row + (anchor === null ? 0 : anchor.marker.line - anchor.row)
  const tell = (next: Found | null): void => {
    found = next
    for (const told of listeners) told()
  }

  const mark = (): void => marks.draw(spots, current, rowOf)

  /** A selection is as long as its cells, of which a character may have two, or share one with others. */
  const selectCells = (parts: readonly Cells[]): void => {
    const [first, last] = [parts[0], parts.at(-1)]
    if (first === undefined || last === undefined) return
    terminal.select(first.from, first.row, (last.row - first.row) * terminal.cols + last.to - first.from)
  }

  const reveal = (): void => {
    const spot = spots[current]
    if (spot === undefined) return
    const [row, { viewportY }] = [rowOf(spot), active()]
    if (row < viewportY + COVERED || row >= viewportY + terminal.rows)
      terminal.scrollToLine(Math.max(0, row - (terminal.rows >> 1)))
  }
  const isCovered = (): boolean => {
    const spot = spots[current]
    return spot !== undefined && rowOf(spot) - active().viewportY < COVERED
  }
  const setOrigin = (row: number): void => {
    origin?.dispose()
    origin = terminal.registerMarker(row - active().baseY - active().cursorY)
  }

  const run = async (show: boolean): Promise<void> => {
    const asked = query
    if (asked === null) return
    pace.asked()
    const turn = (turns += 1)
    const begun = performance.now()
    const lines = readLines(terminal)
    asking?.dispose()
    const marker = terminal.registerMarker(0)
    asking = marker
    const row = marker.line
    const answer = await searching.ask(lines.texts, asked)
    if (turn !== turns) return
    asking = null
    pace.answered(performance.now() - begun)
    // All that was searched is gone by now.
    if (marker.isDisposed) return pace.changed()
    // What took too long once would do so again: another question has to be asked first.
    if (answer === 'too-slow' || answer === 'failed') pace.stop()
    const before = spots[current]
    const was = show || before === undefined || anchor?.marker.isDisposed === true ? null : { row: rowOf(before), at: before.at }
    anchor?.marker.dispose()
    anchor = { marker, row }
    if (typeof answer === 'string') {
      spots = []
      current = -1
      mark()
      return tell({ count: 0, at: -1, more: false, from: null, covered: false, cut: lines.cut, problem: answer })
    }
    spots = answer.found.map(({ line, at, length }) => ({ ...lines.placeOf(line, at), length }))
    const moved = anchor.marker.line - anchor.row
    // As the rows are counted in the answer.
    const then = was === null ? null : { row: was.row - moved, at: was.at }
    const from = show && origin !== null && !origin.isDisposed ? origin.line : active().viewportY + terminal.rows - 1
    current = matchAfter(spots, then, from - moved)
    if (show) reveal()
    mark()
    tell({ count: spots.length, at: current, more: answer.more, from: null, covered: isCovered(), cut: lines.cut, problem: null })
  }

  const pace = createPace(() => void run(false), after)

  const follow = (): void => {
    if (following.length > 0) return
    following = [
      terminal.onWriteParsed(pace.changed),
      terminal.onResize(pace.changed),
      terminal.buffer.onBufferChange(() => {
        marks.clear()
        pace.changed()
      }),
      terminal.onRender(() => {
        if (marks.isElsewhere()) mark()
      }),
    ]
  }

  const forget = (): void => {
    turns += 1
    pace.stop()
    asking?.dispose()
    asking = null
    query = null
    marks.clear()
    spots = []
    current = -1
    anchor?.marker.dispose()
    anchor = null
    origin?.dispose()
    origin = null
    for (const one of following) one.dispose()
    following = []
    searching.close()
    tell(null)
  }

  return {
    find(next) {
      if (next.text === '') return forget()
      query = next
      if (origin === null || origin.isDisposed) setOrigin(active().viewportY + terminal.rows - 1)
      found = found === null ? null : { ...found, problem: null }
      follow()
      void run(true)
    },
    step(by) {
      if (spots.length === 0 || found === null) return
      const step = stepFrom(current, by, spots.length)
      current = step.at
      reveal()
      mark()
      const spot = spots[current]
      if (spot !== undefined) setOrigin(rowOf(spot))
      tell({ ...found, ...step, covered: isCovered() })
    },
    close() {
      const spot = spots[current]
      const row = spot === undefined ? -1 : rowOf(spot)
      if (spot !== undefined && row >= 0) selectCells([...cellsOf(terminal, row, spot.at, spot.length)])
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
