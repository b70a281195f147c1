/** The one file that starts git. Knows processes, bytes and exit codes; knows nothing of what the commands mean. */

import { type ChildProcess, spawn as startProcess, type SpawnOptions } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { cleanEnvironment, type Environment } from './environment.ts'
import { GitError } from './failure.ts'

export type Spawn = (file: string, args: readonly string[], options: SpawnOptions) => ChildProcess

export type Run = {
  readonly cwd: string
  readonly args: readonly string[]
  /** Added to the cleaned environment; `undefined` takes a name away. */
  readonly env?: Environment
  readonly stdin?: Uint8Array
  /** More output than this stops git; `truncated` then says so. */
  readonly maxBytes?: number
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
  /** Commands that change something wait for nobody; the others share a few places. */
  readonly writes?: boolean
}

export type Ended = {
  readonly code: number
  readonly stdout: Buffer
  readonly stderr: string
  readonly truncated: boolean
}

/** A way to start git. An exit code is a value; a `GitError` says that git could not run to its end. */
export type Git = { run(request: Run): Promise<Ended> }

export type GitOptions = {
  readonly env: Environment
  readonly binary?: string
  /** For tests that watch what is started. */
  readonly spawn?: Spawn
  /** How many reading commands may run at once. */
  readonly readers?: number
}

const MAX_BYTES = 64 * 1024 * 1024
const MAX_STDERR = 256 * 1024
/** A hook may leave a daemon behind that holds the pipes open; git itself has ended then. */
const PIPES_AFTER_EXIT_MS = 1000

/** Takes the environment the app was started in; gives a way to run git in a cleaned one. */
export function createGit({ env, binary = 'git', spawn = startProcess, readers = 4 }: GitOptions): Git {
  const clean = cleanEnvironment(env)
  const take = createPlaces(readers)

  return {
    async run(request) {
      const leave = request.writes === true ? () => undefined : await take()
      try {
        request.signal?.throwIfAborted()
        return await runOnce(spawn, binary, clean, request)
      } catch (error) {
        if (request.signal?.aborted === true) throw new GitError('stopped', 'Git was stopped before it had finished.')
        throw await explained(error, binary, request.cwd)
      } finally {
        leave()
      }
    },
  }
}

/** The same git, stopped when the signal says so. */
export function until(git: Git, signal: AbortSignal): Git {
  return { run: (request) => git.run({ ...request, signal }) }
}

/** A few places; whoever finds none waits for its turn. */
function createPlaces(count: number): () => Promise<() => void> {
  const waiting: (() => void)[] = []
  let free = count
  function leave(): void {
    const next = waiting.shift()
    if (next === undefined) free += 1
    else next()
  }
  return async () => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    return leave
  }
}

function runOnce(spawn: Spawn, binary: string, clean: Environment, request: Run): Promise<Ended> {
  const { cwd, args, env, stdin, maxBytes = MAX_BYTES, timeoutMs, signal } = request
  return new Promise((resolve, reject) => {
    const child = spawn(binary, args, {
      cwd,
      env: { ...clean, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
      shell: false,
      windowsHide: true,
      ...(signal === undefined ? {} : { signal }),
    })
    const stdout = gather(maxBytes, () => child.kill('SIGKILL'))
    const stderr = gather(MAX_STDERR)
    let timedOut = false
    let exited: { code: number | null } | undefined
    let lingering: NodeJS.Timeout | undefined
    const deadline =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true
            child.kill('SIGKILL')
          }, timeoutMs)

    function end(code: number | null): void {
      clearTimeout(deadline)
      clearTimeout(lingering)
      if (timedOut) reject(new GitError('stopped', `Git gave no answer in ${Math.ceil((timeoutMs ?? 0) / 1000)} seconds.`))
      else if (code === null && !stdout.full) reject(new GitError('stopped', 'Git was stopped before it had finished.'))
      else resolve({ code: code ?? 0, stdout: stdout.bytes(), stderr: stderr.bytes().toString(), truncated: stdout.full })
    }

    child.stdout?.on('data', stdout.add)
    child.stderr?.on('data', stderr.add)
    // Git may end without reading all of its input; its exit code says what that meant.
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(stdin)
    child.once('error', (error) => {
      clearTimeout(deadline)
      reject(error)
    })
    child.once('exit', (code) => {
      exited = { code }
      lingering = setTimeout(
        () => {
          child.stdout?.destroy()
          child.stderr?.destroy()
          end(code)
        },
        stdout.full ? 0 : PIPES_AFTER_EXIT_MS,
      )
    })
    child.once('close', (code) => end(exited === undefined ? code : exited.code))
  })
}

type Gathered = { add(chunk: Buffer): void; bytes(): Buffer; readonly full: boolean }

/** Keeps at most `limit` bytes; tells once when there is more. */
function gather(limit: number, overflow: () => void = () => undefined): Gathered {
  const chunks: Buffer[] = []
  let size = 0
  let full = false
  return {
    add(chunk) {
      if (full) return
      const room = limit - size
      chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk)
      size += Math.min(chunk.length, room)
      if (chunk.length <= room) return
      full = true
      overflow()
    },
    bytes: () => Buffer.concat(chunks),
    get full() {
      return full
    },
  }
}

/** `ENOENT` means that git is missing, or that the folder is. */
async function explained(fault: unknown, binary: string, cwd: string): Promise<unknown> {
  if (!(fault instanceof Error) || !('code' in fault)) return fault
  if (fault.code !== 'ENOENT' && fault.code !== 'ENOTDIR' && fault.code !== 'EACCES') return fault
  const folder = await stat(cwd).catch(() => null)
  if (folder === null || !folder.isDirectory()) return new GitError('folder-missing', `The folder ${cwd} is not there any more.`)
  return new GitError('no-git', `Git could not be started (“${binary}”). Install git 2.38 or newer, and start Sluice again.`)
}
