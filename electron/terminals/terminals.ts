/**
 * All terminals of the House by id: opens programs in them, hands viewers to carriers, ends everything at the end.
 * Knows nothing of sessions or of Claude Code.
 */

import { ok, fail, type Result } from '../../shared/result.ts'
import { systemClock, type Clock } from '../kit/clock.ts'
import { LIMITS, type Limits } from './credit.ts'
import { checkLaunch, type LaunchFailure } from './launch-check.ts'
import { spawnPty as spawnRealPty, type Exit, type Pty, type SpawnPty } from './pty.ts'
import type { SavedScreens } from './saved-screens.ts'
import type { Screens } from './screens.ts'
import { createSource, type Size, type Source } from './source.ts'
import { createViewer, type OpenViewer, type Viewer } from './viewer.ts'

export type OpenRequest = {
  /** Letters, digits, “-”, “.”, “_” and “:”, at most 255. */
  readonly id: string
  /** A path, or a name to look up in the PATH of `env`. */
  readonly file: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** Left out: what a viewer that already waits for this terminal asked for, else the last size of another one that was looked at. */
  readonly cols?: number
  readonly rows?: number
}

export type OpenFailure = LaunchFailure | 'already-running' | 'no-terminal'

/** One run of one program. */
export type Terminal = {
  readonly id: string
  /** The program's own process id. */
  readonly pid: number
  /** False when the program ended, or does not read and too much waits: then nothing was written. */
  write(input: string | Uint8Array): boolean
  resize(cols: number, rows: number): void
  /** Signals the program; SIGKILL goes to its whole process group. Default SIGHUP, as a closed window would send. */
  kill(signal?: NodeJS.Signals): void
  /** Resolves after all output was delivered. */
  readonly exited: Promise<Exit>
  /** Hears what a person typed in any viewer; gives a way to stop. */
  onInput(listener: (bytes: Uint8Array) => void): () => void
  /** Is called with each piece that the program wrote, whatever it is; gives a way to stop. */
  onOutput(listener: () => void): () => void
  /** The last lines of screen and scrollback as plain text, without trailing blank lines. */
  lastText(maxLines: number): Promise<string>
}

export type Terminals = {
  /**
   * Runs a program in the terminal of this id. Where the last program of the id has ended, the new one continues in the
   * same place and viewers stay attached. Fails with a sentence when the program cannot be started.
   */
  open(request: OpenRequest): Promise<Result<Terminal, OpenFailure>>
  /** The running program, or the last one, of this id. */
  get(id: string): Terminal | undefined
  /** One connection's view of any of the terminals. Frames that make no sense are ignored. */
  viewer(send: (frame: Uint8Array<ArrayBuffer>) => void): Viewer
  /** Lets go of an ended terminal's screen, also of what is kept of it. Nothing happens while its program runs. */
  forget(id: string): void
  /** Hangs up every program, waits, then kills what is left of their process groups. */
  close(): Promise<void>
}

export type TerminalsOptions = {
  readonly screens: Screens
  /** Left out: nothing is kept over a restart. */
  readonly saved?: SavedScreens
  readonly clock?: Clock
  readonly spawnPty?: SpawnPty
  /** How much one window may be sent ahead of what it has parsed. */
  readonly limits?: Limits
  /** How long programs may take to end at `close`. */
  readonly graceMs?: number
}

const DEFAULT_SIZE = { cols: 120, rows: 36 }
const DEFAULT_GRACE_MS = 5_000
/** Terminals that nobody sees follow the width of those that are seen, once that has come to rest. */
export const FOLLOW_MS = 500

type Run = { readonly terminal: Terminal; readonly source: Source; readonly pty: Pty; ended: boolean }

/** Takes the screens, and optionally other hands for tests; gives terminals in which nothing runs. */
export function createTerminals(options: TerminalsOptions): Terminals {
  const { screens, saved, clock = systemClock, spawnPty = spawnRealPty, limits = LIMITS, graceMs = DEFAULT_GRACE_MS } = options
  const sources = new Map<string, Source>()
  const runs = new Map<string, Run>()
  const viewers = new Set<OpenViewer>()
  const starting = new Set<string>()
  const reviving = new Map<string, { work: Promise<void>; isOver: boolean }>()
  let seenSize: Size = DEFAULT_SIZE
  let callOffFollow: (() => void) | null = null
  let closed = false

  function wantedSize(id: string): { cols: number; rows: number } {
    const wanted = [...viewers].map((viewer) => viewer.wantedSize(id)).findLast((size) => size !== null)
    return sources.get(id)?.size() ?? wanted ?? seenSize
  }

  /** Only of the width: a card above one terminal takes rows from it, and each new size makes a program draw anew. */
  function follow(size: Size): void {
    seenSize = size
    callOffFollow?.()
    callOffFollow = clock.after(FOLLOW_MS, () => {
      for (const source of sources.values())
        if (!source.isWatched() && source.size().cols !== size.cols) source.resize(size.cols, size.rows)
    })
  }

  function keep(source: Source): void {
    sources.set(source.id, source)
    source.output.on((output) => {
      if (output.kind === 'data') saved?.changed(source.id)
      else if (output.kind === 'size' && output.answeredBy !== null) follow(output.size)
    })
    for (const viewer of viewers) viewer.opened(source)
  }

  async function show(id: string, from: SavedScreens, isOver: () => boolean): Promise<void> {
    const found = await from.find(id)
    if (found === null || sources.has(id) || closed || isOver()) return
    const source = createSource(id, wantedSize(id), screens, true)
    const shown = from.show(id, found)
    keep(source)
    await shown
  }

  /** Brings back what a terminal showed before Sluice was started. */
  function revive(id: string): Promise<void> {
    if (saved === undefined || sources.has(id)) return Promise.resolve()
    const under = reviving.get(id)
    if (under !== undefined) return under.work
    const mine = { work: Promise.resolve(), isOver: false }
    mine.work = show(id, saved, () => mine.isOver).finally(() => {
      if (reviving.get(id) === mine) reviving.delete(id)
    })
    reviving.set(id, mine)
    return mine.work
  }

  function find(id: string): Source | undefined {
    const source = sources.get(id)
    // A viewer that waits is told when it is there.
    if (source === undefined) void revive(id)
    return source
  }

  function start(request: OpenRequest): Result<Terminal, OpenFailure> {
    const { id } = request
    const size = { ...wantedSize(id), ...(request.cols && { cols: request.cols }), ...(request.rows && { rows: request.rows }) }
    const before = sources.get(id)
    const source = before ?? createSource(id, size, screens)
    before?.resize(size.cols, size.rows)
    let told: (exit: Exit) => void = () => undefined
    const exited = new Promise<Exit>((resolve) => (told = resolve))
    let pty: Pty
    try {
      pty = source.run((listener) =>
        spawnPty({ ...request, ...size }, { data: listener.data, exit: (exit) => (ended(), listener.exit(exit), told(exit)) }),
      )
    } catch (error) {
      if (before === undefined) source.dispose()
      const why = error instanceof Error ? error.message : String(error)
      return fail('no-terminal', `The system gave no terminal for “${request.file}”. Close some terminals and try again.`, why)
    }
    const run: Run = { terminal: terminalOf(source, pty, exited), source, pty, ended: false }
    function ended(): void {
      run.ended = true
    }
    runs.set(id, run)
    if (before === undefined) keep(source)
    return ok(run.terminal)
  }

  return {
    async open(request) {
      const { id } = request
      const busy = (): boolean => runs.get(id)?.ended === false || starting.has(id)
      if (closed) return fail('no-terminal', 'Sluice is closing; start it again and try once more.')
      if (busy()) return fail('already-running', 'A program is running in this terminal already. Wait for it to end, or stop it.')
      starting.add(id)
      try {
        const refused = await checkLaunch(request)
        if (refused !== null) return refused
        await revive(id)
        if (closed) return fail('no-terminal', 'Sluice is closing; start it again and try once more.')
        return start(request)
      } finally {
        starting.delete(id)
      }
    },
    get: (id) => runs.get(id)?.terminal,
    viewer(send) {
      const viewer = createViewer({ find, send, clock, limits, closed: () => viewers.delete(viewer) })
      viewers.add(viewer)
      return viewer
    },
    forget(id) {
      const source = sources.get(id)
      if (runs.get(id)?.ended === false || starting.has(id)) return
      saved?.drop(id)
      const under = reviving.get(id)
      if (under !== undefined) under.isOver = true
      reviving.delete(id)
      if (source === undefined) return
      runs.delete(id)
      sources.delete(id)
      for (const viewer of viewers) viewer.gone(id)
      source.dispose()
    },
    async close() {
      closed = true
      const open = [...runs.values()].filter((run) => !run.ended)
      for (const viewer of viewers) viewer.close()
      for (const run of open) run.terminal.kill('SIGHUP')
      const all = Promise.all(open.map((run) => run.terminal.exited))
      await Promise.race([all, new Promise<void>((resolve) => setTimeout(resolve, graceMs).unref())])
      // Also where the program itself has ended: what it started may have stayed.
      for (const run of open) run.pty.killGroup('SIGKILL')
      await all
      callOffFollow?.()
      await saved?.flush()
    },
  }
}

function terminalOf(source: Source, pty: Pty, exited: Promise<Exit>): Terminal {
  let over = false
  void exited.then(() => (over = true))
  return {
    id: source.id,
    pid: pty.pid,
    write: (input) => !over && pty.write(typeof input === 'string' ? new TextEncoder().encode(input) : input),
    resize(cols, rows) {
      if (!over) source.resize(cols, rows)
    },
    kill(signal = 'SIGHUP') {
      if (over) return
      if (signal === 'SIGKILL') pty.killGroup(signal)
      else pty.kill(signal)
    },
    exited,
    onInput: (listener) => source.typed.on(listener),
    onOutput: (listener) => source.output.on(({ kind }) => (kind === 'data' ? listener() : undefined)),
    lastText: (maxLines) => source.text(maxLines),
  }
}
