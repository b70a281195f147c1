/**
 * Runs a session's setup command in the session's own terminal, where the user sees it and can stop it. Its exit code decides.
 * What it had made when it failed is kept: “resume” runs it again. Starts no Claude Code.
 */

import type { Terminals } from '../../terminals/terminals.ts'
import type { Clock } from '../../kit/clock.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { LiveSession } from '../live-session.ts'
import type { Home, Sessions } from '../sessions.ts'
import { sessionEnvironment } from './ports.ts'

export type SetupsParts = {
  readonly terminals: Terminals
  readonly clock: Clock
  readonly sessions: Sessions
  readonly dataDir: string
  readonly env: Readonly<Record<string, string>>
  home(): Home
}

export type Setups = {
  /** Sets the session's worktree up; without a setup command that is done at once. The facts are kept here. */
  run(session: LiveSession): Promise<Result<void, 'setup-failed' | 'already-running'>>
  isRunning(id: string): boolean
  /** Ends a setup that runs; resolves when it has ended. */
  stop(id: string): Promise<void>
  close(): Promise<void>
}

const LIMIT_MINUTES = 30
/** How long a stopped setup may tidy up before it is killed. */
const GRACE_MS = 2000
const TAIL_LINES = 12

/** One dim line that says what runs, then the command; the shell stays the leader of what it starts. */
const SHOW_AND_RUN = String.raw`printf '\033[2m$ %s\033[0m\n' "$1"; exec /bin/sh -c "$1"`

type Why = 'late' | 'stopped' | null
type UnderWay = { readonly ended: Promise<unknown>; stop(why: Exclude<Why, null>): void }

/** Signals the program and all that it started; whoever is gone already is fine. */
function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal)
  } catch {
    // ESRCH: nobody left.
  }
}

const SIGNALS: Readonly<Record<number, string>> = { 1: 'hung up', 2: 'interrupted', 9: 'killed', 15: 'stopped' }

/** Takes how it ended; gives the words that complete “The setup command … ”. */
function howItEnded({ code, signal }: { readonly code: number | null; readonly signal: number | null }, why: Why): string {
  if (why === 'late') return `took longer than ${LIMIT_MINUTES} minutes and was stopped`
  if (why === 'stopped') return 'was stopped'
  if (code === 130) return 'was interrupted'
  return code === null ? `was ${SIGNALS[signal ?? 0] ?? `ended by signal ${signal}`}` : `exited with ${code}`
}

export function createSetups(parts: SetupsParts): Setups {
  const { terminals, clock, sessions, dataDir, env } = parts
  const underWay = new Map<string, UnderWay>()
  let closed = false

  async function runCommand(session: LiveSession, setup: string): Promise<Result<void, 'setup-failed'>> {
    const { id } = session
    const record = session.record()
    const advice = `The session is kept with its worktree. Resume it to run the setup again.`
    const failed = (sentence: string, tail = ''): Result<void, 'setup-failed'> => {
      const message = `${sentence} ${advice}`
      sessions.keep({ kind: 'session-setup-failed', session: id, message })
      return fail('setup-failed', tail === '' ? message : `${message} Its last output:\n${tail}`)
    }
    let why: Why = null
    let pid: number | null = null
    const callOffs: (() => void)[] = []
    let told = (): void => undefined
    const ended = new Promise<void>((resolve) => (told = resolve))
    const stop = (reason: Exclude<Why, null>): void => {
      why ??= reason
      if (pid === null) return
      const group = pid
      signalGroup(group, 'SIGTERM')
      callOffs.push(clock.after(GRACE_MS, () => signalGroup(group, 'SIGKILL')))
    }
    underWay.set(id, { ended, stop })
    session.settingUp(true)
    try {
      const opened = await terminals.open({
        id,
        file: '/bin/sh',
        args: ['-c', SHOW_AND_RUN, 'sluice', setup],
        cwd: record.worktree,
        env: sessionEnvironment(env, dataDir, record),
      })
      if (!opened.ok) return failed(`The setup command “${setup}” could not be started: ${opened.failure.message}`)
      const terminal = opened.value
      pid = terminal.pid
      if (why !== null || closed) stop('stopped')
      callOffs.push(clock.after(LIMIT_MINUTES * 60_000, () => stop('late')))
      const exit = await terminal.exited
      // What it left running would go on in a worktree that may be taken back, or hold the terminal that is Claude Code's next.
      signalGroup(terminal.pid, 'SIGKILL')
      if (why === null && exit.code === 0) {
        sessions.keep({ kind: 'session-prepared', session: id })
        return ok(undefined)
      }
      const tail = await terminal.lastText(TAIL_LINES).catch(() => '')
      return failed(`The setup command “${setup}” ${howItEnded(exit, why)}.`, tail.trim())
    } finally {
      for (const callOff of callOffs) callOff()
      underWay.delete(id)
      told()
      session.settingUp(false)
    }
  }

  return {
    async run(session) {
      const { setup } = parts.home().config
      if (underWay.has(session.id)) return fail('already-running', `The setup of “${session.record().name}” is running already.`)
      if (setup !== null) return runCommand(session, setup)
      sessions.keep({ kind: 'session-prepared', session: session.id })
      return ok(undefined)
    },
    isRunning: (id) => underWay.has(id),
    async stop(id) {
      underWay.get(id)?.stop('stopped')
      await underWay.get(id)?.ended
    },
    async close() {
      closed = true
      const running = [...underWay.values()]
      for (const one of running) one.stop('stopped')
      await Promise.all(running.map(({ ended }) => ended))
    },
  }
}
