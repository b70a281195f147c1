/**
 * One viewer's view of one terminal: the seam between the screen and what follows it, and what waits to be sent.
 * Decides nothing about credit or time.
 */

import type { Exit } from './pty.ts'
import type { Screen } from './screens.ts'
import type { Source } from './source.ts'

/**
 * `absent`: no such terminal yet. `seam`: the screen is asked for, what comes meanwhile waits behind it.
 * `behind`: the viewer was silent for too long; output is not kept for it, a new screen will say it all.
 */
type Phase = 'absent' | 'seam' | 'live' | 'behind'

export type ViewListener = {
  /** Something waits to be sent. */
  heard(view: View): void
  screen(view: View, screen: Screen): void
}

export type View = {
  readonly id: string
  wanted: { readonly cols: number; readonly rows: number }
  source(): Source | null
  /** Asks for the screen and from then on collects what follows it; again, when it was attached already. */
  begin(source: Source): void
  end(): void
  type(bytes: Uint8Array): void
  isLive(): boolean
  isBehind(): boolean
  /** Output that may be sent now. */
  hasData(): boolean
  waiting(): number
  take(most: number): Uint8Array
  hasExit(): boolean
  /** The exit, once nothing waits before it. */
  takeExit(): Exit | null
  /** True once after each key: the next output is its echo. */
  takeEcho(): boolean
  hold(): void
  release(): void
  /** Lets go of what waits and of the program. */
  fallBehind(): void
  catchUp(): void
}

/** So much may collect while the screen is on its way; then the program waits. */
const SEAM_BYTES = 1024 * 1024

/** Takes a terminal's id and who listens; gives a view of nothing yet. */
export function createView(id: string, listener: ViewListener): View {
  const holder = {}
  let phase: Phase = 'absent'
  let source: Source | null = null
  let stopListening: (() => void) | null = null
  let queue: Uint8Array[] = []
  let waiting = 0
  let exit: Exit | null = null
  let echo = false
  /** A screen asked for earlier than the last one is not shown. */
  let asked = 0

  function drop(): void {
    queue = []
    waiting = 0
    exit = null
  }

  async function ask(of: Source): Promise<void> {
    asked += 1
    const mine = asked
    drop()
    phase = 'seam'
    of.release(holder)
    exit = of.exit()
    const screen = await of.screen()
    if (mine !== asked) return
    phase = 'live'
    listener.screen(view, screen)
  }

  function leave(): void {
    asked += 1
    stopListening?.()
    source?.unwatch(holder)
    source?.release(holder)
    drop()
    phase = 'absent'
    source = null
  }

  const view: View = {
    id,
    wanted: { cols: 80, rows: 24 },
    source: () => source,
    begin(from) {
      if (source !== from) {
        leave()
        source = from
        from.watch(holder)
        stopListening = from.output.on((output) => {
          if (phase === 'behind') return
          if (output.kind === 'exit') exit = output.exit
          else {
            // A new program in the same place: its output says that the old one has ended.
            exit = null
            queue.push(output.bytes)
            waiting += output.bytes.length
            if (phase === 'seam' && waiting > SEAM_BYTES) from.hold(holder)
          }
          listener.heard(view)
        })
      }
      void ask(from)
    },
    end: leave,
    type(bytes) {
      if (source === null) return
      echo = true
      source.typed.emit(Uint8Array.from(bytes))
      source.write(bytes)
    },
    isLive: () => phase === 'live',
    isBehind: () => phase === 'behind',
    hasData: () => phase === 'live' && waiting > 0,
    waiting: () => waiting,
    take(most) {
      const taken = new Uint8Array(Math.min(most, waiting))
      let at = 0
      for (let first = queue[0]; first !== undefined && at < taken.length; first = queue[0]) {
        const part = first.subarray(0, taken.length - at)
        taken.set(part, at)
        at += part.length
        if (part.length === first.length) queue.shift()
        else queue[0] = first.subarray(part.length)
      }
      waiting -= taken.length
      return taken
    },
    hasExit: () => exit !== null,
    takeExit() {
      if (phase !== 'live' || waiting > 0) return null
      const taken = exit
      exit = null
      return taken
    },
    takeEcho() {
      const was = echo
      echo = false
      return was
    },
    hold: () => source?.hold(holder),
    release: () => source?.release(holder),
    fallBehind() {
      drop()
      phase = 'behind'
      source?.release(holder)
    },
    catchUp() {
      if (source !== null) void ask(source)
    },
  }
  return view
}
