/**
 * One program in a pseudo-terminal, as raw bytes. The only file that imports node-pty.
 * Knows nothing of screens, viewers or who reads the bytes.
 */

import { spawn, type IPty } from 'node-pty'
import { withOwnFilesOnly } from '../kit/own-files.ts'
import { close, constants, openSync } from 'node:fs'
import { createPtyInput } from './pty-input.ts'

export type Exit = {
  /** Null when a signal ended the program. */
  readonly code: number | null
  readonly signal: number | null
}

export type PtyRequest = {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly cols: number
  readonly rows: number
}

export type PtyListener = {
  data(bytes: Uint8Array): void
  /** Once, after the last `data`. */
  exit(exit: Exit): void
}

export type Pty = {
  /** The program's own process id, which is also its process group's. */
  readonly pid: number
  /** Gives false when the program does not read and too much waits already: nothing of these bytes is written. */
  write(bytes: Uint8Array): boolean
  resize(cols: number, rows: number): void
  pause(): void
  resume(): void
  /** Signals the program only. */
  kill(signal: NodeJS.Signals): void
  /** Signals every process of the program's group, also after the program itself has ended. */
  killGroup(signal: NodeJS.Signals): void
}

export type SpawnPty = (request: PtyRequest, listener: PtyListener) => Pty

/** After the program ended: nothing came for so long, so nothing more will. */
const QUIET_MS = 20
/** A process left behind may print for ever; the exit is not held back longer than this while we read. */
const DRAIN_LIMIT_MS = 1_000

/** What of node-pty's Unix terminal its types do not show. Absent on Windows. */
type UnixInside = {
  readonly fd?: number
  readonly ptsName?: string
  readonly _socket?: { destroy: () => unknown }
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // Gone already: what was asked for is the case.
  }
}

/**
 * Keeps the program's side of the terminal open in this process. While nobody holds it, the kernel reports a hang-up
 * together with the last bytes, libuv takes a short read for the end, and the rest is lost. Synchronous on purpose: it
 * must happen before the event loop can see that hang-up; it opens a device, which never waits for a disk.
 */
function holdOpen(path: string | undefined): number | null {
  if (path === undefined || path === '') return null
  try {
    return openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK)
  } catch {
    return null
  }
}

/**
 * Starts a program. Throws when the system gives no terminal; a program that cannot be executed exits with 1 and says
 * why on the terminal. `exit` is told only after every byte the program wrote was handed to `data`.
 */
export const spawnPty: SpawnPty = (request, listener) => {
  const { file, args } = withOwnFilesOnly(request.file, request.args)
  const terminal: IPty & UnixInside = spawn(file, args, {
    name: request.env['TERM'] ?? 'xterm-256color',
    cols: request.cols,
    rows: request.rows,
    cwd: request.cwd,
    env: { COLORTERM: 'truecolor', ...request.env },
    encoding: null,
  })
  const held = holdOpen(terminal.ptsName)
  const input = terminal.fd === undefined ? null : createPtyInput(terminal.fd)
  let ended = false
  let paused = false
  let heardAt = performance.now()

  terminal.onData((data: string | Uint8Array) => {
    heardAt = performance.now()
    listener.data(typeof data === 'string' ? Buffer.from(data) : data)
  })
  terminal.onExit(({ exitCode, signal }) => {
    ended = true
    const killed = signal !== undefined && signal !== 0
    listener.exit({ code: killed ? null : exitCode, signal: killed ? signal : null })
  })

  // Once the program has ended, node-pty destroys its socket whether it was read to the end or not: let it be read first.
  const { _socket: socket } = terminal
  if (held !== null && socket !== undefined) {
    const destroy = socket.destroy.bind(socket)
    let draining = false
    socket.destroy = () => {
      if (!draining) {
        draining = true
        drain(() => {
          close(held, () => undefined)
          void input?.close().then(destroy)
        })
      }
      return socket
    }
  }

  function drain(done: () => void): void {
    let readFor = 0
    let before = performance.now()
    function look(): void {
      const now = performance.now()
      readFor += paused ? 0 : now - before
      before = now
      const quiet = !paused && now - heardAt >= QUIET_MS && readFor >= QUIET_MS
      if (quiet || readFor >= DRAIN_LIMIT_MS) done()
      // A timer may be late and run before bytes that wait already: look only after those were read.
      else setTimeout(() => setImmediate(look), QUIET_MS / 2)
    }
    look()
  }

  return {
    pid: terminal.pid,
    write(bytes) {
      if (ended) return false
      if (input !== null) return input.write(bytes)
      terminal.write(Buffer.from(bytes))
      return true
    },
    resize(cols, rows) {
      if (ended) return
      try {
        terminal.resize(cols, rows)
      } catch {
        // The program ended between the two lines: there is nothing left to resize.
      }
    },
    pause() {
      paused = true
      terminal.pause()
    },
    resume() {
      paused = false
      heardAt = performance.now()
      terminal.resume()
    },
    kill(signal) {
      if (ended) return
      if (process.platform === 'win32') terminal.kill()
      else signalTo(terminal.pid, signal)
    },
    killGroup(signal) {
      if (process.platform === 'win32') terminal.kill()
      else signalTo(-terminal.pid, signal)
    },
  }
}
