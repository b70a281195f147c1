/** Plain shells in the worktrees of sessions, for the user's own commands. Sluice writes nothing into them and reads nothing out of them. */

import { setTimeout as pause } from 'node:timers/promises'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { FailureCode } from '../../shared/contract.ts'
import type { Shell } from '../../shared/model/shell.ts'
import { createEmitter } from '../kit/emitter.ts'
import { signalName } from '../kit/signal-name.ts'
import type { Exit } from '../terminals/pty.ts'
import type { Terminal, Terminals } from '../terminals/terminals.ts'
import { belongingTo, endLeft, foregroundOf } from './job.ts'
import { environmentOf, programOf } from './program.ts'

export type Home = {
  /** The session's id and name. */
  readonly session: string
  readonly name: string
  readonly cwd: string
  /** What the user's own commands see there. */
  readonly env: Readonly<Record<string, string>>
}

/** A shell that has not ended, and the command that has its terminal; null while the shell itself waits for one. */
export type Running = { readonly shell: Shell; readonly command: string | null }

export type Shells = {
  /** In the order in which they were opened. */
  list(): readonly Shell[]
  open(home: Home): Promise<Result<Shell, Extract<FailureCode<'shell.open'>, 'too-many' | 'worktree-missing' | 'no-terminal'>>>
  restart(id: string, home: Home): Promise<Result<Shell, FailureCode<'shell.restart'>>>
  /** `idle`: not while a program has its terminal. */
  close(id: string, idle: boolean): Promise<Result<Record<string, never>, FailureCode<'shell.close'>>>
  /** Those that have not ended, of one session or of all. */
  running(session?: string): Promise<readonly Running[]>
  /** Ends all shells of a session, whose worktree goes, also those that are being opened. */
  endAll(session: string): Promise<void>
  onChange(listener: (shells: readonly Shell[]) => void): () => void
  /** Ends all of them; from now on none is opened. */
  shut(): Promise<void>
}

type Open = { shell: Shell; readonly terminal: Terminal; readonly mark: string; ended: boolean }

/** More than this of one session is a mistake: each keeps a terminal and its lines. */
const MOST = 20
/** How long what was hung up may take to put its things away. */
const HANG_UP_MS = 1500

const CLOSED = (): Result<never, 'no-shell'> => fail('no-shell', 'This shell was closed already. Open another one.')

const exitOf = ({ code, signal }: Exit): Shell['exit'] => ({ code, signal: signal === null ? null : signalName(signal) })

/** Hangs it up, as a window that closes does, and ends what of it does not go. */
async function end({ terminal, mark, ended }: Open): Promise<void> {
  const before = await belongingTo(terminal.pid, mark, !ended)
  terminal.kill('SIGHUP')
  await Promise.race([terminal.exited, pause(HANG_UP_MS, undefined, { ref: false })])
  await endLeft(terminal.pid, mark, before)
  await terminal.exited
}

/** Takes the terminals that they run in; gives shells of which none is open. */
export function createShells({ terminals }: { readonly terminals: Terminals }): Shells {
  const open = new Map<string, Open>()
  /** What is being started, started again or ended, by id: the id is nobody else's meanwhile. */
  const underWay = new Map<string, { readonly session: string; readonly work: Promise<unknown> }>()
  const changes = createEmitter<readonly Shell[]>()
  const list = (): readonly Shell[] => [...open.values()].map(({ shell }) => shell)
  const tell = (): void => changes.emit(list())
  let shut = false

  function during<Value>(id: string, session: string, work: () => Promise<Value>): Promise<Value> {
    const done = Promise.resolve()
      .then(work)
      .finally(() => underWay.delete(id))
    underWay.set(id, { session, work: done.catch(() => undefined) })
    return done
  }

  async function run(shell: Shell, home: Home): Promise<Result<Shell, 'worktree-missing' | 'no-terminal'>> {
    const { id } = shell
    const { cwd, env, name } = home
    const mark = crypto.randomUUID()
    const program = programOf(env, process.platform)
    const started = await terminals.open({ id, ...program, cwd, env: environmentOf(env, mark) })
    if (!started.ok) {
      const { code, message } = started.failure
      if (code === 'no-folder')
        return fail('worktree-missing', `The worktree of “${name}” (${cwd}) is not there. Repair the session, then open a shell.`)
      if (code === 'no-program')
        return fail(
          'no-terminal',
          `Your shell “${program.file}” (SHELL) was not found. Install it, or start Sluice with another one.`,
        )
      return fail('no-terminal', message)
    }
    const now: Open = { shell, terminal: started.value, mark, ended: false }
    open.set(id, now)
    void now.terminal.exited.then((exit) => {
      now.ended = true
      now.shell = { ...shell, exit: exitOf(exit) }
      if (open.get(id) === now) tell()
    })
    tell()
    return ok(shell)
  }

  async function close(id: string): Promise<void> {
    const one = open.get(id)
    if (one === undefined) return
    open.delete(id)
    tell()
    await during(id, one.shell.session, async () => {
      try {
        await end(one)
      } catch (error) {
        // The system may have no file left to look with: what still runs must not be out of sight.
        open.set(id, one)
        tell()
        throw error
      }
      terminals.forget(id)
    })
  }

  async function closeAll(isMeant: (session: string) => boolean): Promise<void> {
    const meant = (): readonly Promise<unknown>[] => [
      ...[...underWay.values()].filter(({ session }) => isMeant(session)).map(({ work }) => work),
      ...list().flatMap(({ id, session }) => (isMeant(session) && !underWay.has(id) ? [close(id)] : [])),
    ]
    // One that was being started is there only then.
    for (let some = meant(); some.length > 0; some = meant()) await Promise.all(some)
  }

  return {
    list,
    async open(home) {
      const { session, name } = home
      if (shut) return fail('no-terminal', 'This repository is being closed. Open it again, then open a shell.')
      const idOf = (number: number): string => `${session}:shell-${number}`
      const numbers = Array.from({ length: MOST }, (_, at) => at + 1)
      const number = numbers.find((one) => !open.has(idOf(one)) && !underWay.has(idOf(one)))
      if (number === undefined) return fail('too-many', `“${name}” has ${MOST} shells. Close one to open another.`)
      const shell = { id: idOf(number), session, number }
      return during(shell.id, session, () => run(shell, home))
    },
    async restart(id, home) {
      const one = open.get(id)
      if (one === undefined || shut) return CLOSED()
      if (!one.ended || underWay.has(id)) return fail('still-running', 'This shell is running.')
      const { exit: _exit, ...shell } = one.shell
      return during(id, shell.session, async () => {
        // What it left in the background had its terminal.
        await endLeft(one.terminal.pid, one.mark, [])
        return run(shell, home)
      })
    },
    async close(id, idle) {
      const one = open.get(id)
      if (one === undefined) return CLOSED()
      const command = idle && !one.ended ? await foregroundOf(one.terminal.pid) : null
      if (command !== null) return fail('busy', `“${command}” runs in this shell. Closing the shell ends it.`)
      await underWay.get(id)?.work
      await close(id)
      return ok({})
    },
    async running(session) {
      const some = [...open.values()].filter((one) => !one.ended && (session === undefined || one.shell.session === session))
      return Promise.all(some.map(async ({ shell, terminal }) => ({ shell, command: await foregroundOf(terminal.pid) })))
    },
    endAll: (session) => closeAll((one) => one === session),
    onChange: (listener) => changes.on(listener),
    async shut() {
      shut = true
      await closeAll(() => true)
    },
  }
}
