/** Runs one command of the user's in a shell, over pipes, in a process group of its own. Its result is its exit code. */

import { spawn, type ChildProcessByStdio } from 'node:child_process'
import type { Readable } from 'node:stream'
import { withOwnFilesOnly } from './own-files.ts'

export type CommandRun = {
  readonly command: string
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly timeoutMs: number
  readonly signal: AbortSignal
  output(chunk: Buffer): void
}

export type CommandEnd =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'signalled'; readonly signal: string }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'not-started'; readonly message: string }

/** How long a stopped command may tidy up before it is killed. */
const GRACE_MS = 2000

/** Signals a whole process group; a group that is gone already is fine. Windows has no groups: there the tree is ended. */
function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  if (process.platform === 'win32') {
    spawn('taskkill', ['/T', '/F', '/PID', String(pid)], { stdio: 'ignore' }).once('error', () => undefined)
    return
  }
  try {
    process.kill(-pid, signal)
  } catch {
    // ESRCH: nobody left.
  }
}

/** In a shell of the platform, in a group of its own, with none of our files but the pipes. */
function startInShell({ command, cwd, env }: CommandRun): ChildProcessByStdio<null, Readable, Readable> {
  if (process.platform === 'win32') return spawn(command, { cwd, env, shell: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const { file, args } = withOwnFilesOnly('/bin/sh', ['-c', command])
  return spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Runs the command to its end, its time limit or the caller's word. What it started and left behind ends with it. */
export function runCommand(run: CommandRun): Promise<CommandEnd> {
  return new Promise((resolve) => {
    if (run.signal.aborted) return resolve({ kind: 'cancelled' })
    const child = startInShell(run)
    let why: 'timed-out' | 'cancelled' | null = null
    let killer: NodeJS.Timeout | undefined
    const stop = (reason: 'timed-out' | 'cancelled'): void => {
      why ??= reason
      signalGroup(child.pid, 'SIGTERM')
      killer ??= setTimeout(() => signalGroup(child.pid, 'SIGKILL'), GRACE_MS)
    }
    const timer = setTimeout(() => stop('timed-out'), run.timeoutMs)
    const cancel = (): void => stop('cancelled')
    run.signal.addEventListener('abort', cancel)
    function end(result: CommandEnd): void {
      clearTimeout(timer)
      clearTimeout(killer)
      run.signal.removeEventListener('abort', cancel)
      signalGroup(child.pid, 'SIGKILL')
      resolve(result)
    }
    child.stdout.on('data', (chunk: Buffer) => run.output(chunk))
    child.stderr.on('data', (chunk: Buffer) => run.output(chunk))
    child.once('error', (error) => end({ kind: 'not-started', message: error.message }))
    child.once('exit', (code, signal) => {
      // A daemon that inherited the pipes would keep them open for ever: the output gets a moment more, then the group ends.
      const drained = setTimeout(() => {
        signalGroup(child.pid, 'SIGKILL')
        child.stdout.destroy()
        child.stderr.destroy()
      }, 500)
      child.once('close', () => {
        clearTimeout(drained)
        if (why !== null) end({ kind: why })
        else end(signal === null ? { kind: 'exited', code: code ?? 1 } : { kind: 'signalled', signal })
      })
    })
  })
}
