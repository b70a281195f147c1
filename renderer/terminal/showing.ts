/**
 * What one xterm.js shows: the bytes of one terminal at a time, in the order in which they came, and where its keys and answers go.
 * Owns the way from one terminal to the next; knows neither elements nor keys.
 */

import type { Terminal } from '@xterm/xterm'
import { resizeExactly } from '../../shared/model/resizing.ts'
import type { Line, Wire } from './wire.ts'

/**
 * ESC c, in the stream, so that nothing written before can come after it; then a space. Without it the WebGL renderer of xterm.js
 * 6.0.0 keeps the backgrounds of what stood there: after a reset it compares with nothing, and nothing looks unchanged to it.
 * A cursor that was hidden stays so over its reset.
 */
const FULL_RESET = '\u001bc\u001b[?25h \r'
/** Takes the space back, in the same drawing: a screen that comes is to be exactly what the House has. */
const ERASE = '\u001b[K'
/** Where nothing runs no cursor waits for what is typed. */
const HIDE_CURSOR = '\u001b[?25l'
const SHOW_CURSOR = '\u001b[?25h'

export type Exit = { readonly code: number | null; readonly signal: number | string | null }

export type ShowingTold = {
  /** How the process of the terminal on show ended; null while it is there. */
  onExit(exit: Exit | null): void
  /** Its size may be another one than its place has. */
  onSize(): void
}

export type Showing = {
  /** Shows another terminal, or none. */
  show(terminal: string | null): void
  /** The place on the page has this size now. */
  place(cols: number, rows: number): void
  /** What a person typed. */
  type(data: string): void
  /** A press of the mouse in the old writing, which is no text. */
  press(data: string): void
  /** What the terminal says by itself; `always`: whichever window answers. */
  answer(data: string, always: boolean): void
  /** Of several windows this one sizes the terminal on show from now on. */
  claim(): void
  isEnded(): boolean
  /** The terminal on show, by id. */
  shown(): string | null
}

/** Takes an xterm.js and the wire to the House. */
export function createShowing(terminal: Terminal, wire: Wire, { onExit, onSize }: ShowingTold): Showing {
  /** Where keys go, and answers of the terminal itself. */
  let line: Line | null = null
  /** Where they will go as soon as the last terminal's bytes have been parsed. */
  let next: Line | null = null
  let shown: string | null = null
  let turns = 0
  let ended = false
  /** The House says how large the terminal is, once its screen has come. */
  let sized = false
  /** Of several windows one answers what a program asks of its terminal. */
  let answers = false
  let hidesCursor = false
  const encoder = new TextEncoder()
  const setEnded = (exit: Exit | null): void => {
    ended = exit !== null
    onExit(exit)
  }

  return {
    show(id) {
      ;(line ?? next)?.close()
      line = null
      next = null
      shown = id
      setEnded(null)
      sized = false
      hidesCursor = false
      // What the last terminal asked is still being parsed: its answers must not be typed into the next one.
      const turn = (turns += 1)
      const isNow = (): boolean => turn === turns
      terminal.write(FULL_RESET, () => {
        answers = false
        if (isNow() && next !== null) line = next
      })
      if (id === null) return
      onSize()
      next = wire.show(id, terminal.cols, terminal.rows, {
        screen: (cols, rows, bytes) => {
          sized = true
          hidesCursor = false
          // The screen was drawn at the size it names, for a terminal in which nothing was left before.
          terminal.write('', () => {
            answers = false
            // Here and not at once: an end that came before may still wait for its turn.
            if (isNow()) setEnded(null)
            resizeExactly(terminal, cols, rows)
          })
          terminal.write(FULL_RESET + ERASE)
          terminal.write(bytes, onSize)
        },
        size: (cols, rows, answering) =>
          terminal.write('', () => {
            resizeExactly(terminal, cols, rows)
            answers = answering
            onSize()
          }),
        data: (bytes, done) => {
          if (hidesCursor) terminal.write(SHOW_CURSOR)
          hidesCursor = false
          terminal.write(bytes, () => {
            if (ended && isNow()) setEnded(null)
            done()
          })
        },
        // What was printed is parsed by then; another terminal may be on show.
        exit: (code, signal) => {
          hidesCursor = true
          terminal.write(HIDE_CURSOR, () => isNow() && setEnded({ code, signal }))
        },
      })
    },
    place(cols, rows) {
      if (!sized) terminal.resize(cols, rows)
      ;(line ?? next)?.resize(cols, rows)
    },
    type(data) {
      // Text is the same to every program. A key that is a sequence was written for the last one, as was a press of the mouse.
      const to = line ?? (data.startsWith('\u001b') ? null : next)
      to?.input(encoder.encode(data))
    },
    press: (data) => line?.input(Uint8Array.from(data, (character) => character.charCodeAt(0))),
    answer(data, always) {
      if (always || answers) line?.answer(encoder.encode(data))
    },
    claim: () => (line ?? next)?.claim(),
    isEnded: () => ended,
    shown: () => shown,
  }
}
