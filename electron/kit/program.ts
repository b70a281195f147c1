/** Finds a program of the user's on a PATH and runs it without a shell: over pipes to its end, or detached. Knows no program by name. */

import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { delimiter, isAbsolute, join } from 'node:path'
import { withOwnFilesOnly } from './own-files.ts'

export type Program = {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
}

export type ProgramEnd =
  | { readonly kind: 'exited'; readonly code: number; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'stopped' | 'not-started'; readonly message: string }

const MOST_BYTES = 1024 * 1024

/** Takes a name or a whole path, and a PATH; gives the program that can be run, or null. */
export async function findProgram(name: string, path: string): Promise<string | null> {
  const names = process.platform === 'win32' && !/\.exe$/iu.test(name) ? [`${name}.exe`] : [name]
  const places = isAbsolute(name)
    ? [name]
    : path
        .split(delimiter)
        .filter((one) => isAbsolute(one))
        .flatMap((folder) => names.map((one) => join(folder, one)))
  if (!isAbsolute(name) && /[\\/]/u.test(name)) return null
  for (const place of places) {
    const isProgram = await stat(place).then(
      (entry) => entry.isFile(),
      () => false,
    )
    if (!isProgram) continue
    const mayRun = await access(place, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (mayRun) return place
  }
  return null
}

function start({ file, args, cwd, env }: Program, stdio: 'pipe' | 'ignore'): ChildProcess {
  const own = withOwnFilesOnly(file, args)
  return spawn(own.file, own.args, { cwd, env, stdio, detached: true, windowsHide: true })
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // ESRCH: nobody left.
  }
}

/** Runs it with that input to its end, its time limit or the caller's word; what it started ends with it. */
export function runProgram(
  program: Program,
  { input = '', timeoutMs, signal }: { readonly input?: string; readonly timeoutMs: number; readonly signal?: AbortSignal },
): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    const child = start(program, 'pipe')
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []]
    let why: string | null = null
    const gather = (into: Buffer[]) => (chunk: Buffer) => {
      if (into.reduce((sum, { length }) => sum + length, 0) < MOST_BYTES) into.push(chunk)
    }
    const stop = (reason: string): void => {
      why ??= reason
      endGroup(child)
    }
    const timer = setTimeout(
      () => stop(`It took longer than ${Math.round(timeoutMs / 1000)} seconds and was stopped.`),
      timeoutMs,
    )
    const abort = (): void => stop('It was stopped.')
    signal?.addEventListener('abort', abort)
    const end = (result: ProgramEnd): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
      resolve(result)
    }
    child.stdout?.on('data', gather(stdout))
    child.stderr?.on('data', gather(stderr))
    // It may end without reading its input; its exit code says what that meant.
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(input)
    child.once('error', (error) => end({ kind: 'not-started', message: error.message }))
    // What it left behind must not hold the pipes open.
    child.once('exit', () => endGroup(child))
    child.once('close', (code) =>
      end(
        why === null
          ? {
              kind: 'exited',
              code: code ?? 1,
              stdout: Buffer.concat(stdout).toString(),
              stderr: Buffer.concat(stderr).toString(),
            }
          : { kind: 'stopped', message: why },
      ),
    )
    if (signal?.aborted === true) abort()
  })
}

/** One that cannot be used says so within this time. */
const EARLY_MS = 3000

/** Starts it to live on by itself. Gives null, or why it is not there: it could not be started, or ended at once with a failure. */
export function launchProgram(program: Program): Promise<string | null> {
  return new Promise((resolve) => {
    const child = start(program, 'ignore')
    const timer = setTimeout(() => end(null), EARLY_MS)
    function end(result: string | null): void {
      clearTimeout(timer)
      child.unref()
      resolve(result)
    }
    child.once('error', (error) => end(error.message))
    child.once('exit', (code, signal) =>
      end(code === 0 ? null : code === null ? `it was ended by ${signal ?? 'a signal'}` : `it ended at once with code ${code}`),
    )
  })
}
