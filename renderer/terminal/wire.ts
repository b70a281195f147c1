/**
 * Routes terminal bytes between the byte channel and the terminals on show.
 * Knows frames and ids; knows neither React nor xterm.js. Bytes pass here and nowhere else.
 */

import { decodeFrame, encodeFrame, MAX_CELLS_ACROSS, MAX_CELLS_DOWN, MAX_INPUT_BYTES, type Frame } from '../../shared/frames.ts'

/** What shows a terminal. `done` must be called when the bytes were parsed. */
export type Sink = {
  screen(cols: number, rows: number, bytes: Uint8Array): void
  data(bytes: Uint8Array, done: () => void): void
  /** From here on the terminal has this size, whatever its place; `answers`: it answers what the program asks. */
  size(cols: number, rows: number, answers: boolean): void
  exit(code: number | null, signal: number | null): void
}

/** One terminal on show. */
export type Line = {
  input(bytes: Uint8Array): void
  /** What the terminal itself has to say to the program. */
  answer(bytes: Uint8Array): void
  /** Its place has this size now. The terminal gets it from the House, in `size`. */
  resize(cols: number, rows: number): void
  /** The user is at work in this one: it gets the size of its place here. */
  claim(): void
  close(): void
}

export type Wire = {
  /** Takes the bytes of one frame from the House. What is not a frame, or not for a terminal on show, is dropped. */
  take(bytes: Uint8Array): void
  /** After the House was lost and found: everything on show asks for its screen again. */
  reopen(): void
  /** This window is looked at now: what it shows gets the size that it has here, whichever window sized it last. */
  claim(): void
  /** Asks again for the screens that did not come: a session on show may have had no terminal yet. */
  nudge(): void
  /** Shows a terminal; whatever showed it before no longer does. */
  show(terminal: string, cols: number, rows: number, sink: Sink): Line
}

type Shown = {
  readonly sink: Sink
  cols: number
  rows: number
  /** Bytes before the first screen belong to an earlier attachment. */
  synced: boolean
  /** Tells the acknowledgements of an earlier connection from those of this one. */
  attachment: number
  /** Parsed, and to be acknowledged when the parser rests. */
  owed: number
}

/** At the latest after so much: the House sends more meanwhile. Each acknowledgement costs the page as much as parsing a few KB. */
const ACK_BYTES = 64 * 1024

const clamp = (value: number, most: number): number => Math.min(most, Math.max(1, Math.floor(value)))

/** Takes the way to the House, and whether somebody looks at this window; gives the wire. */
export function createWire(post: (frame: Uint8Array<ArrayBuffer>) => void, isLookedAt: () => boolean = () => false): Wire {
  const shown = new Map<string, Shown>()
  let attachments = 0
  const send = (frame: Frame): void => post(encodeFrame(frame))

  const attach = (terminal: string, at: Shown): void => {
    attachments += 1
    at.attachment = attachments
    at.synced = false
    at.owed = 0
    send({ kind: 'attach', terminal, cols: at.cols, rows: at.rows, claims: isLookedAt() })
  }

  const acknowledge = (terminal: string, at: Shown, attachment: number): void => {
    if (shown.get(terminal) !== at || at.attachment !== attachment || at.owed === 0) return
    send({ kind: 'ack', terminal, count: at.owed })
    at.owed = 0
  }

  const owe = (terminal: string, at: Shown, attachment: number, count: number): void => {
    if (at.attachment !== attachment) return
    // A parser that goes on tells of several frames in one task: this comes behind them.
    if (at.owed === 0) queueMicrotask(() => acknowledge(terminal, at, attachment))
    at.owed += count
    if (at.owed >= ACK_BYTES) acknowledge(terminal, at, attachment)
  }

  return {
    take(bytes) {
      const frame = decodeFrame(bytes)
      const at = frame === null ? undefined : shown.get(frame.terminal)
      if (frame === null || at === undefined) return
      if (frame.kind === 'screen') {
        at.synced = true
        at.sink.screen(frame.cols, frame.rows, frame.bytes)
      } else if (frame.kind === 'data' && at.synced) {
        const { attachment } = at
        const count = frame.bytes.length
        at.sink.data(frame.bytes, () => owe(frame.terminal, at, attachment, count))
      } else if (frame.kind === 'size' && at.synced) at.sink.size(frame.cols, frame.rows, frame.answers)
      else if (frame.kind === 'exit' && at.synced) at.sink.exit(frame.code, frame.signal)
    },

    reopen() {
      for (const [terminal, at] of shown) attach(terminal, at)
    },

    claim() {
      for (const [terminal, at] of shown) send({ kind: 'claim', terminal, cols: at.cols, rows: at.rows })
    },

    nudge() {
      for (const [terminal, at] of shown) if (!at.synced) attach(terminal, at)
    },

    show(terminal, cols, rows, sink) {
      const at: Shown = {
        sink,
        cols: clamp(cols, MAX_CELLS_ACROSS),
        rows: clamp(rows, MAX_CELLS_DOWN),
        synced: false,
        attachment: 0,
        owed: 0,
      }
      shown.set(terminal, at)
      attach(terminal, at)
      const current = (): boolean => shown.get(terminal) === at
      return {
        input(bytes) {
          if (!current()) return
          for (let from = 0; from < bytes.length; from += MAX_INPUT_BYTES) {
            send({ kind: 'input', terminal, bytes: bytes.subarray(from, from + MAX_INPUT_BYTES) })
          }
        },
        answer(bytes) {
          if (current()) send({ kind: 'answer', terminal, bytes })
        },
        resize(nextCols, nextRows) {
          const next = { cols: clamp(nextCols, MAX_CELLS_ACROSS), rows: clamp(nextRows, MAX_CELLS_DOWN) }
          if (!current() || (next.cols === at.cols && next.rows === at.rows)) return
          Object.assign(at, next)
          send({ kind: 'resize', terminal, ...next })
        },
        claim() {
          if (current()) send({ kind: 'claim', terminal, cols: at.cols, rows: at.rows })
        },
        close() {
          if (!current()) return
          shown.delete(terminal)
          send({ kind: 'detach', terminal })
        },
      }
    },
  }
}
