/**
 * One terminal as its viewers see it: what runs in it now or ran last, its screen, its size, and who makes it wait.
 * Outlives the program, so that a new one can run in the same place. Knows nothing of frames or credit.
 */

import { createEmitter, type Emitter } from '../kit/emitter.ts'
import type { Exit, Pty, PtyListener } from './pty.ts'
import type { Screen, Screens } from './screens.ts'

/** What a terminal tells its viewers, in order. */
export type Output = { readonly kind: 'data'; readonly bytes: Uint8Array } | { readonly kind: 'exit'; readonly exit: Exit }

export type Source = {
  readonly id: string
  readonly output: Emitter<Output>
  readonly typed: Emitter<Uint8Array>
  /** How the last program ended; null while one runs. */
  exit(): Exit | null
  size(): { readonly cols: number; readonly rows: number }
  /** Everything shown after all output told so far; output told after this call continues where it ends. */
  screen(): Promise<Screen>
  text(maxLines: number): Promise<string>
  /** Writes to the program; false when nothing runs or it does not read. */
  write(bytes: Uint8Array): boolean
  resize(cols: number, rows: number): void
  /** The program waits while anyone holds it. */
  hold(by: object): void
  release(by: object): void
  /** Told when viewers come and go: a terminal without any answers the program's questions itself. */
  watch(by: object): void
  unwatch(by: object): void
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

/** Takes a terminal's id, first size and the screens; gives a source in which nothing runs yet. */
export function createSource(id: string, first: { readonly cols: number; readonly rows: number }, screens: Screens): Source {
  const output = createEmitter<Output>()
  const typed = createEmitter<Uint8Array>()
  const holders = new Set<object>()
  const watchers = new Set<object>()
  const unparsed = {}
  let { cols, rows } = first
  let pty: Pty | null = null
  let exit: Exit | null = null
  let ran = false

  screens.open(id, cols, rows, {
    parsed() {
      if (screens.unparsed(id) < UNPARSED_LOW) release(unparsed)
    },
    answered(bytes) {
      pty?.write(bytes)
    },
  })

  function tell(bytes: Uint8Array): void {
    screens.write(id, bytes, watchers.size === 0)
    if (screens.unparsed(id) > UNPARSED_HIGH) hold(unparsed)
    output.emit({ kind: 'data', bytes })
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
    resize(newCols, newRows) {
      if (newCols === cols && newRows === rows) return
      cols = newCols
      rows = newRows
      screens.resize(id, cols, rows)
      pty?.resize(cols, rows)
    },
    hold,
    release,
    watch: (by) => void watchers.add(by),
    unwatch: (by) => void watchers.delete(by),
    run(start) {
      const started = start({
        data: tell,
        exit(how) {
          pty = null
          exit = how
          output.emit({ kind: 'exit', exit: how })
        },
      })
      if (ran) tell(CLEAN_START)
      ran = true
      pty = started
      exit = null
      if (holders.size > 0) pty.pause()
      return started
    },
    dispose: () => screens.dispose(id),
  }
}
