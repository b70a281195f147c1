/** Runs in the page of the benchmark: one xterm.js, as the product tames it or as it comes, fed as the byte channel feeds it. */

import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes'
import { WebglAddon } from '@xterm/addon-webgl'
import { Terminal } from '@xterm/xterm'
import { tame } from '../../shared/model/taming.ts'
import { CORPUS } from '../terminals/corpus.ts'

export type Fed = {
  readonly allMs: number
  readonly bytes: number
  /** It did not take everything in within the time it had. */
  readonly stopped: boolean
}

export type Feeding = {
  readonly name: string
  readonly tamed: boolean
  readonly forMs: number
  /** How often it is fed, into the same terminal. */
  readonly times: number
}

declare global {
  // A global can only be widened by an interface.
  interface Window {
    feed?: (feeding: Feeding) => Promise<Fed>
  }
}

/** As the byte channel sends it: pieces of a frame, and so many bytes on their way. */
const FRAME_BYTES = 32 * 1024
const CREDIT_BYTES = 256 * 1024

/** Kept, so that its memory can be looked at. */
let shown: Terminal | null = null

function makeTerminal(tamed: boolean): Terminal {
  shown?.dispose()
  const host = document.createElement('div')
  host.style.cssText = 'width:100vw;height:100vh'
  document.body.replaceChildren(host)
  const terminal = new Terminal({ cols: 200, rows: 60, scrollback: 10_000, allowProposedApi: true, logLevel: 'off' })
  if (tamed) tame(terminal, () => performance.now())
  terminal.loadAddon(new UnicodeGraphemesAddon())
  terminal.open(host)
  try {
    terminal.loadAddon(new WebglAddon())
  } catch {
    // Drawn with elements then, which is slower.
  }
  return terminal
}

window.feed = async ({ name, tamed, forMs, times }) => {
  const hostile = CORPUS.find((one) => one.name === name)
  if (hostile === undefined) throw new Error(`Nothing is called “${name}”.`)
  const terminal = makeTerminal(tamed)
  const write = (bytes: Uint8Array): Promise<void> => new Promise((resolve) => terminal.write(bytes, resolve))
  await write(new TextEncoder().encode('an ordinary line\r\n'.repeat(100)))
  await new Promise((resolve) => setTimeout(resolve, 200))
  const start = performance.now()
  const late = new Promise<void>((resolve) => setTimeout(resolve, forMs))
  let [bytes, waiting, stopped] = [0, 0, false]
  void late.then(() => (stopped = true))
  let last: Promise<void> = Promise.resolve()
  for (let time = 0; time < times && !stopped; time += 1) {
    for (const piece of hostile.pieces(FRAME_BYTES)) {
      bytes += piece.length
      waiting += piece.length
      last = write(piece).then(() => void (waiting -= piece.length))
      if (waiting >= CREDIT_BYTES) await Promise.race([last, late])
      if (stopped) break
    }
  }
  await Promise.race([last, late])
  const allMs = performance.now() - start
  // Until it is painted.
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50)))
  shown = terminal
  return { allMs, bytes, stopped }
}
