/** A page for tests that draws as the real one does: what comes is parsed when it comes, and a question of the program is answered from here. */

import { decodeFrame, encodeFrame, type Frame } from '../../../shared/frames.ts'
import type { Terminals } from '../terminals.ts'
import { createReference, type Reference } from './reference.ts'

export type LivePage = {
  readonly drawn: Reference
  say(frame: Frame): void
  attach(cols: number, rows: number, claims: boolean): void
  /** How many screens and bytes have come. */
  readonly screens: number
  close(): void
}

/** What the real page writes before a screen. */
const FULL_RESET = '\x1bc \r\x1b[K'

export function createLivePage(terminals: Terminals, terminal: string, scrollback: number): LivePage {
  let answers = false
  let screens = 0
  let closed = false
  const drawn = createReference(80, 24, scrollback, (text) => {
    if (answers && !closed) page.say({ kind: 'answer', terminal, bytes: new TextEncoder().encode(text) })
  })
  const viewer = terminals.viewer((bytes) => {
    const frame = decodeFrame(bytes)
    if (frame?.kind === 'screen') {
      screens += 1
      const { cols, rows } = frame
      void drawn.size(cols, rows, () => {
        answers = false
      })
      void drawn.write(FULL_RESET)
      void drawn.write(frame.bytes)
    } else if (frame?.kind === 'data') {
      void drawn.write(frame.bytes, () => page.say({ kind: 'ack', terminal, count: frame.bytes.length }))
    } else if (frame?.kind === 'size') {
      void drawn.size(frame.cols, frame.rows, () => {
        answers = frame.answers
      })
    }
  })
  const page: LivePage = {
    drawn,
    say: (frame) => viewer.frame(encodeFrame(frame)),
    attach: (cols, rows, claims) => page.say({ kind: 'attach', terminal, cols, rows, claims }),
    get screens() {
      return screens
    },
    close() {
      closed = true
      viewer.close()
    },
  }
  return page
}
