/**
 * One viewer's view of one terminal: the seam between the screen and what follows it, and what waits to be sent.
 * Decides nothing about credit or time.
 */

import type { Exit } from './pty.ts'
import type { Screen } from './screens.ts'
import type { Place, Size, Source } from './source.ts'

/**
 * `absent`: no such terminal yet. `seam`: the screen is asked for, what comes meanwhile waits behind it.
 * `behind`: the viewer was silent for too long; output is not kept for it, a new screen will say it all.
 */
type Phase = 'absent' | 'seam' | 'live' | 'behind'

/** A size that the terminal has from some place of the stream on, and whether this viewer answers from there on. */
export type Sized = Size & { readonly answers: boolean }

export type ViewListener = {
  /** Output waits to be sent. */
  heard(view: View): void
  /** A size waits to be sent, behind what waits already. */
  sized(view: View): void
  screen(view: View, screen: Screen, answers: boolean): void
}

export type View = {
  readonly id: string
  /** What its viewer would have; asked of the source as soon as there is one. */
  want(place: Place): void
  wanted(): Place
  source(): Source | null
  /** Asks for the screen and from then on collects what follows it; again, when it was attached already. */
  begin(source: Source): void
  end(): void
  type(bytes: Uint8Array): void
  /** What the terminal of the viewer answered to the program. */
  answer(bytes: Uint8Array): void
  isLive(): boolean
  isBehind(): boolean
  /** Output that may be sent now; none while a size is to be sent before it. */
  hasData(): boolean
  waiting(): number
  /** The size that comes before any output that waits. */
  takeSize(): Sized | null
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
  let queue: (Uint8Array | Sized)[] = []
  let wanted: Place = { cols: 80, rows: 24, claims: false }
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
    of.speak(holder)
    exit = of.exit()
    const answers = of.isAnsweredBy(holder)
    const screen = await of.screen()
    if (mine !== asked) return
    phase = 'live'
    listener.screen(view, screen, answers)
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
    want(place) {
      // Of a terminal that is not there yet a claim is remembered.
      wanted = { ...place, claims: source === null && (place.claims || wanted.claims) }
      source?.watch(holder, place)
    },
    wanted: () => wanted,
    source: () => source,
    begin(from) {
      if (source !== from) {
        leave()
        source = from
        from.watch(holder, wanted)
        wanted = { ...wanted, claims: false }
        stopListening = from.output.on((output) => {
          if (phase === 'behind') return
          if (output.kind === 'size') {
            queue.push({ ...output.size, answers: output.answeredBy === holder })
            listener.sized(view)
            return
          }
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
    answer: (bytes) => void source?.write(bytes),
    isLive: () => phase === 'live',
    isBehind: () => phase === 'behind',
    hasData: () => phase === 'live' && queue[0] instanceof Uint8Array,
    waiting: () => waiting,
    takeSize() {
      const first = queue[0]
      if (phase !== 'live' || first === undefined || first instanceof Uint8Array) return null
      queue.shift()
      return first
    },
    take(most) {
      let ready = 0
      for (const part of queue) {
        if (!(part instanceof Uint8Array) || ready >= most) break
        ready += part.length
      }
      const taken = new Uint8Array(Math.min(most, ready))
      let at = 0
      let used = 0
      for (let first = queue[0]; first instanceof Uint8Array && at < taken.length; first = queue[used]) {
        const part = first.subarray(0, taken.length - at)
        taken.set(part, at)
        at += part.length
        if (part.length === first.length) used += 1
        else queue[used] = first.subarray(part.length)
      }
      // At once: of a program that writes byte by byte there are many.
      queue.splice(0, used)
      waiting -= taken.length
      return taken
    },
    hasExit: () => exit !== null,
    takeExit() {
      if (phase !== 'live' || queue.length > 0) return null
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
      source?.fallSilent(holder)
    },
    catchUp() {
      if (source !== null) void ask(source)
    },
  }
  return view
}
