/** A page for tests: attaches to terminals over frames, draws them in a reference terminal, acknowledges as it is told. */

import { decodeFrame, encodeFrame, type Frame } from '../../../shared/frames.ts'
import type { Terminals } from '../terminals.ts'
import { createReference, type Reference } from './reference.ts'

export type Page = {
  readonly frames: Frame[]
  say(frame: Frame): void
  /** Sends bytes that need not be a frame. */
  sayBytes(bytes: Uint8Array): void
  attach(terminal: string, cols?: number, rows?: number): void
  type(terminal: string, text: string): void
  /** Bytes of output that came for the terminal, the screen not counted. */
  received(terminal: string): number
  /** What the terminal shows in this page. */
  drawn(terminal: string): Promise<Reference>
  acks: boolean
  close(): void
}

export function createPage(terminals: Terminals): Page {
  const frames: Frame[] = []
  const sizes = new Map<string, { cols: number; rows: number }>()
  const viewer = terminals.viewer((bytes) => {
    const frame = decodeFrame(bytes)
    if (frame === null) throw new Error('The House sent what is not a frame.')
    frames.push(frame)
    if (frame.kind === 'data' && page.acks) {
      const { terminal } = frame
      queueMicrotask(() => page.say({ kind: 'ack', terminal, count: frame.bytes.length }))
    }
  })
  const page: Page = {
    frames,
    acks: true,
    say: (frame) => viewer.frame(encodeFrame(frame)),
    sayBytes: (bytes) => viewer.frame(bytes),
    attach(terminal, cols = 80, rows = 24) {
      sizes.set(terminal, { cols, rows })
      page.say({ kind: 'attach', terminal, cols, rows })
    },
    type: (terminal, text) => page.say({ kind: 'input', terminal, bytes: new TextEncoder().encode(text) }),
    received: (terminal) =>
      frames.reduce((sum, frame) => sum + (frame.kind === 'data' && frame.terminal === terminal ? frame.bytes.length : 0), 0),
    async drawn(terminal) {
      const mine = frames.filter((frame) => frame.terminal === terminal)
      const last = mine.findLastIndex((frame) => frame.kind === 'screen')
      const screen = mine[last]
      if (screen?.kind !== 'screen') throw new Error('No screen came for this terminal.')
      const reference = createReference(screen.cols, screen.rows, 10_000)
      for (const frame of mine.slice(last))
        if (frame.kind === 'screen' || frame.kind === 'data') await reference.write(frame.bytes)
        else if (frame.kind === 'size') await reference.size(frame.cols, frame.rows)
      return reference
    },
    close: () => viewer.close(),
  }
  return page
}
