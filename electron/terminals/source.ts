/**
 * One terminal as its viewers see it: what runs in it now or ran last, its screen, its size, and who makes it wait.
 * Outlives the program, so that a new one can run in the same place. Knows nothing of frames or credit.
 */

import { createEmitter, type Emitter } from '../kit/emitter.ts'
import type { Exit, Pty, PtyListener } from './pty.ts'
import type { Screen, Screens } from './screens.ts'

/** What a terminal tells its viewers, in order. */
export type Output =
  | { readonly kind: 'data'; readonly bytes: Uint8Array }
  /** From here on it has this size, and `answeredBy` answers what the program asks; null: the screen in the worker. */
  | { readonly kind: 'size'; readonly size: Size; readonly answeredBy: object | null }
  | { readonly kind: 'exit'; readonly exit: Exit }

export type Size = { readonly cols: number; readonly rows: number }
/** What a viewer would have; `claims`: somebody looks at it now. */
export type Place = Size & { readonly claims: boolean }

export type Source = {
  readonly id: string
  readonly output: Emitter<Output>
  readonly typed: Emitter<Uint8Array>
  /** How the last program ended; null while one runs. */
  exit(): Exit | null
  size(): Size
  /** Everything shown after all output told so far; output told after this call continues where it ends. */
  screen(): Promise<Screen>
  text(maxLines: number): Promise<string>
  /** Writes to the program; false when nothing runs or it does not read. */
  write(bytes: Uint8Array): boolean
  resize(cols: number, rows: number): void
  /** The program waits while anyone holds it. */
  hold(by: object): void
  release(by: object): void
  /**
   * A viewer comes, or its place is another one now. Of several the one that claimed last sizes the terminal and answers the
   * program's questions; without any, the size stays and the terminal answers itself.
   */
  watch(by: object, place: Place): void
  unwatch(by: object): void
  /** A viewer does not read for now: it still sizes the terminal, but the one looked at before it answers, or the terminal itself. */
  fallSilent(by: object): void
  /** It reads again. */
  speak(by: object): void
  isWatched(): boolean
  isAnsweredBy(by: object): boolean
  /** Runs a program here; `start` gets the listener that its pty must speak to. */
  run(start: (listener: PtyListener) => Pty): Pty
  dispose(): void
}

/** More than this unparsed behind the screen: the program waits, or a flood nobody looks at would fill the memory. */
const UNPARSED_HIGH = 4 * 1024 * 1024
/** Resume well below the mark, or the pty chatters between the two. */
const UNPARSED_LOW = 1024 * 1024

/**
 * What the last program may have left behind must not colour the next one: ends any open sequence, leaves the alternate
 * screen (the saved cursor makes that harmless where it is not shown), resets modes, attributes, mouse and paste reporting, and starts on a line of its own.
 */
const CLEAN_START = new TextEncoder().encode(
  '\x18\x1b7\x1b[?1049l\x1b[!p\x1b[?25h\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[?2026l\x1b[0m\x1b(B\x0f\r\n',
)

/** Takes a terminal's id, first size and the screens; gives a source in which nothing runs yet. `shows`: something stands there already. */
export function createSource(id: string, first: Size, screens: Screens, shows = false): Source {
  const output = createEmitter<Output>()
  const typed = createEmitter<Uint8Array>()
  const holders = new Set<object>()
  /** The last one sizes the terminal; the last one that is not silent answers. */
  let watchers: readonly { readonly by: object; readonly place: Size }[] = []
  let answeredBy: object | null = null
  const silent = new Set<object>()
  const unparsed = {}
  let { cols, rows } = first
  let pty: Pty | null = null
  let exit: Exit | null = null
  let ran = shows

  screens.open(id, cols, rows, {
    parsed() {
      if (screens.unparsed(id) < UNPARSED_LOW) release(unparsed)
    },
    answered(bytes) {
      pty?.write(bytes)
    },
  })

  function tell(bytes: Uint8Array): void {
    screens.write(id, bytes, answeredBy === null)
    if (screens.unparsed(id) > UNPARSED_HIGH) hold(unparsed)
    output.emit({ kind: 'data', bytes })
  }

  function become(size: Size): void {
    const answerer = watchers.findLast(({ by }) => !silent.has(by))?.by ?? null
    const same = size.cols === cols && size.rows === rows
    if (same && answerer === answeredBy) return
    answeredBy = answerer
    if (!same) {
      cols = size.cols
      rows = size.rows
      screens.resize(id, cols, rows)
      pty?.resize(cols, rows)
    }
    output.emit({ kind: 'size', size: { cols, rows }, answeredBy })
  }

  function hold(by: object): void {
    holders.add(by)
    if (holders.size === 1) pty?.pause()
  }

  function release(by: object): void {
    if (holders.delete(by) && holders.size === 0) pty?.resume()
  }

  return {
    id,
    output,
    typed,
    exit: () => exit,
    size: () => ({ cols, rows }),
    screen: () => screens.screen(id),
    text: (maxLines) => screens.text(id, maxLines),
    write: (bytes) => pty?.write(bytes) ?? false,
    resize: (newCols, newRows) => become({ cols: newCols, rows: newRows }),
    hold,
    release,
    watch(by, place) {
      const others = watchers.filter((watcher) => watcher.by !== by)
      const stays = watchers.length === 0 || watchers.at(-1)?.by === by
      watchers = place.claims || stays ? [...others, { by, place }] : [{ by, place }, ...others]
      become(watchers.at(-1)?.place ?? place)
    },
    unwatch(by) {
      silent.delete(by)
      watchers = watchers.filter((watcher) => watcher.by !== by)
      become(watchers.at(-1)?.place ?? { cols, rows })
    },
    fallSilent(by) {
      silent.add(by)
      become({ cols, rows })
    },
    speak(by) {
      silent.delete(by)
      become({ cols, rows })
    },
    isWatched: () => watchers.length > 0,
    isAnsweredBy: (by) => answeredBy === by,
    run(start) {
      const started = start({
        data: tell,
        exit(how) {
          pty = null
          exit = how
          output.emit({ kind: 'exit', exit: how })
        },
      })
      if (ran) {
        tell(CLEAN_START)
        screens.begin(id)
      }
      ran = true
      pty = started
      exit = null
      if (holders.size > 0) pty.pause()
      return started
    },
    dispose: () => screens.dispose(id),
  }
}
