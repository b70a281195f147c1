/** The one file that starts git. Knows processes, bytes and exit codes; knows nothing of what the commands mean. */

import { type ChildProcess, spawn as startProcess, type SpawnOptions } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { withOwnFilesOnly } from '../kit/own-files.ts'
import { cleanEnvironment, type Environment } from './environment.ts'
import { GitError } from './failure.ts'
import { gather } from './gather.ts'

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
  /** The sentence for a run that took longer than `timeoutMs`. */
  readonly whenLate?: string
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
  /** For tests that watch what is started. It is given git's own arguments, and starts them as they are. */
  readonly spawn?: Spawn
  /** How many reading commands may run at once. */
  readonly readers?: number
}

const STOPPED = 'Git was stopped before it had finished.'

/** The signals that a process brings upon itself: a failed assertion, a wrong address. */
const CRASHES: ReadonlySet<string> = new Set(['SIGABRT', 'SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGTRAP', 'SIGSYS'])
const MAX_BYTES = 64 * 1024 * 1024
const MAX_STDERR = 256 * 1024
/** A hook may leave a daemon behind that holds the pipes open; git itself has ended then. */
const PIPES_AFTER_EXIT_MS = 1000
/** How long a stopped command that changes something may take back its locks before it is killed. */
const GRACE_MS = 2000
/** A Ctrl-C in the terminal that Sluice was started from goes to a whole group; it must not end git halfway through a checkout. */
const OWN_GROUP = process.platform !== 'win32'

/** Takes the environment the app was started in; gives a way to run git in a cleaned one. */
export function createGit({ env, binary = 'git', spawn, readers = 4 }: GitOptions): Git {
  const clean = cleanEnvironment(env)
  const take = createPlaces(readers)

  return {
    async run(request) {
      const leave = request.writes === true ? () => undefined : await take()
      try {
        request.signal?.throwIfAborted()
        const start = spawn ?? (request.writes === true ? startAlone : startProcess)
        const ended = await runOnce(start, binary, clean, request)
        if (ended.code >= 126 && ended.stderr.startsWith(NOT_STARTED)) throw missing(binary)
        return ended
      } catch (error) {
        if (request.signal?.aborted === true) throw new GitError('stopped', STOPPED)
        throw await explained(error, binary, request.cwd)
      } finally {
        leave()
      }
    },
  }
}

/** Hooks and filters of a repository run in a command that writes; they get none of our files, least of all a terminal. */
const startAlone: Spawn = (file, args, options) => {
  const alone = withOwnFilesOnly(file, args)
  return startProcess(alone.file, alone.args, options)
}

/** How the shell of `withOwnFilesOnly` complains about a program that it cannot start. */
const NOT_STARTED = 'sluice: line '

/** Ends git and what it started. On Windows there are no groups. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (!OWN_GROUP || child.pid === undefined) return void child.kill(signal)
  try {
    process.kill(-child.pid, signal)
  } catch {
    // ESRCH: nobody left.
  }
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
  const { cwd, args, env, stdin, maxBytes = MAX_BYTES, timeoutMs, whenLate, signal, writes = false } = request
  return new Promise((resolve, reject) => {
    const child = spawn(binary, args, {
      cwd,
      env: { ...clean, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
      shell: false,
      windowsHide: true,
      detached: OWN_GROUP,
    })
    let why: 'full' | 'late' | 'stopped' | null = null
    let exited: { code: number | null; signal: NodeJS.Signals | null } | undefined
    let lingering: NodeJS.Timeout | undefined
    let killer: NodeJS.Timeout | undefined
    function stop(reason: 'full' | 'late' | 'stopped'): void {
      why ??= reason
      signalGroup(child, writes ? 'SIGTERM' : 'SIGKILL')
      if (writes) killer ??= setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS)
    }
    const stdout = gather(maxBytes, () => stop('full'))
    const stderr = gather(MAX_STDERR)
    const deadline = timeoutMs === undefined ? undefined : setTimeout(() => stop('late'), timeoutMs)
    const abort = (): void => stop('stopped')
    signal?.addEventListener('abort', abort)

    function tidy(): void {
      clearTimeout(deadline)
      clearTimeout(lingering)
      clearTimeout(killer)
      signal?.removeEventListener('abort', abort)
    }
    function end(code: number | null, killedBy: NodeJS.Signals | null): void {
      tidy()
      if (why === 'late')
        reject(new GitError('stopped', whenLate ?? `Git gave no answer in ${Math.ceil((timeoutMs ?? 0) / 1000)} seconds.`))
      else if (why === null && killedBy !== null && CRASHES.has(killedBy))
        reject(new GitError('crashed', `Git itself crashed (${killedBy}). A newer git may not.`))
      else if (why === 'stopped' || (code === null && !stdout.full)) reject(new GitError('stopped', STOPPED))
      else resolve({ code: code ?? 0, stdout: stdout.bytes(), stderr: stderr.bytes().toString(), truncated: stdout.full })
    }

    child.stdout?.on('data', stdout.add)
    child.stderr?.on('data', stderr.add)
    // Git may end without reading all of its input; its exit code says what that meant.
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(stdin)
    child.once('error', (error) => {
      tidy()
      reject(error)
    })
    child.once('exit', (code, signal) => {
      exited = { code, signal }
      // Whatever git was waiting for when it was stopped ends with it.
      if (why !== null) signalGroup(child, 'SIGKILL')
      lingering = setTimeout(
        () => {
          child.stdout?.destroy()
          child.stderr?.destroy()
          end(code, signal)
        },
        why === 'full' ? 0 : PIPES_AFTER_EXIT_MS,
      )
    })
    child.once('close', (code, signal) =>
      end(exited === undefined ? code : exited.code, exited === undefined ? signal : exited.signal),
    )
  })
}

/** `ENOENT` means that git is missing, or that the folder is. */
async function explained(fault: unknown, binary: string, cwd: string): Promise<unknown> {
  if (!(fault instanceof Error) || !('code' in fault)) return fault
  if (fault.code !== 'ENOENT' && fault.code !== 'ENOTDIR' && fault.code !== 'EACCES') return fault
  const folder = await stat(cwd).catch(() => null)
  if (folder === null || !folder.isDirectory()) return new GitError('folder-missing', `The folder ${cwd} is not there any more.`)
  return missing(binary)
}

function missing(binary: string): GitError {
  return new GitError('no-git', `Git could not be started (“${binary}”). Install git 2.38 or newer, and start Sluice again.`)
}
