/**
 * Draws a flooding terminal when it is its turn (`drawing-turns.ts`), every other one in the next frame. Reaches into xterm.js 6.0.0 where it
 * gathers rows for the next frame: pinned. What is drawn in the end is the same.
 */

import type { Terminal } from '@xterm/xterm'
import { asked, begun, FLOOD_BYTES, SCREEN_BYTES, NO_TURNS, over, TYPING_MS, type Turns } from './drawing-turns.ts'

/** Gathers rows and draws them in the next frame. */
type Debouncer = { refresh(start: number | undefined, end: number | undefined, rows: number): void }
type Inner = { readonly _core: { readonly _renderService: { readonly _renderDebouncer: Debouncer } } }

/** Draws what waits, and what else there is to draw of that terminal in this frame. */
type Draw = () => void

/** One for the page: all terminals are drawn by one thread. */
let turns: Turns<Draw> = NO_TURNS
let timer = 0
let keyAt = Number.NEGATIVE_INFINITY
window.addEventListener('keydown', () => (keyAt = performance.now()), { capture: true })

/** Ends a turn after the paint of its frame. */
const painted = new MessageChannel()
let from = 0
painted.port1.addEventListener('message', () => {
  const now = performance.now()
  turns = over(turns, from, now, now - keyAt < TYPING_MS)
  next()
})
painted.port1.start()

function next(): void {
  window.clearTimeout(timer)
  const now = performance.now()
  const before = turns.drawing
  turns = begun(turns, now)
  if (turns.drawing !== null && turns.drawing !== before) {
    // In the frame this is before, and the next behind what is drawn.
    requestAnimationFrame(() => (from = performance.now()))
    turns.drawing()
    requestAnimationFrame(() => painted.port2.postMessage(null))
  } else if (turns.drawing === null && turns.waiting.length > 0) timer = window.setTimeout(next, turns.restUntil - now)
}

/** Call it once, when the terminal was opened. */
export function paceDrawing(terminal: Terminal): void {
  const { _core: core } = terminal as unknown as Inner
  const { _renderService: service } = core
  const { _renderDebouncer: debouncer } = service
  const refresh = debouncer.refresh.bind(debouncer)
  const write = terminal.write.bind(terminal)
  let written = 0
  let parsed = 0
  /** How much of it had been parsed when it was last drawn. */
  let drawn = 0
  let rows: { readonly start: number; readonly end: number; readonly count: number } | null = null
  terminal.write = (data, done) => {
    const { length } = data
    written += length
    write(data, () => {
      parsed += length
      done?.()
      if (rows !== null && written - parsed < SCREEN_BYTES) {
        turns = asked(turns, draw)
        next()
      }
    })
  }
  terminal.onRender(() => (drawn = parsed))
  const draw: Draw = () => {
    if (rows !== null) refresh(rows.start, rows.end, rows.count)
    rows = null
  }
  debouncer.refresh = (start = 0, end, count) => {
    const last = end ?? count - 1
    rows =
      rows === null ? { start, end: last, count } : { start: Math.min(rows.start, start), end: Math.max(rows.end, last), count }
    if (written - drawn < FLOOD_BYTES) return draw()
    if (written - parsed >= SCREEN_BYTES) return
    turns = asked(turns, draw)
    next()
  }
}
