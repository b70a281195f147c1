/** Plain shells in the worktrees of sessions, for the user's own commands. Sluice writes nothing into them and reads nothing out of them. */

import { fail, ok, type Result } from '../../shared/result.ts'
import type { FailureCode } from '../../shared/contract.ts'
import type { Shell } from '../../shared/model/shell.ts'
import { createEmitter } from '../kit/emitter.ts'
import type { Exit } from '../terminals/pty.ts'
import type { Terminal, Terminals } from '../terminals/terminals.ts'

export type Home = {
  /** The session's id and name. */
  readonly session: string
  readonly name: string
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
}

export type Shells = {
  /** In the order in which they were opened. */
  list(): readonly Shell[]
  open(home: Home): Promise<Result<Shell, Extract<FailureCode<'shell.open'>, 'too-many' | 'worktree-missing' | 'no-terminal'>>>
  restart(id: string, home: Home): Promise<Result<Shell, FailureCode<'shell.restart'>>>
  close(id: string): Promise<Result<Record<string, never>, FailureCode<'shell.close'>>>
  /** Ends all shells of a session, whose worktree goes. */
  endAll(session: string): Promise<void>
  onChange(listener: (shells: readonly Shell[]) => void): () => void
  /** Ends all of them. */
  shut(): Promise<void>
}

type Open = { shell: Shell; terminal: Terminal; cwd: string }

/** More than this of one session is a mistake: each keeps a terminal and its lines. */
const MOST = 20

const exitOf = ({ code, signal }: Exit): Shell['exit'] => ({ code, signal: signal === null ? null : String(signal) })

/** Takes the terminals that they run in; gives shells of which none is open. */
export function createShells({ terminals }: { readonly terminals: Terminals }): Shells {
  const open = new Map<string, Open>()
  const changes = createEmitter<readonly Shell[]>()
  const list = (): readonly Shell[] => [...open.values()].map(({ shell }) => shell)
  const tell = (): void => changes.emit(list())

  async function run(id: string, home: Home): Promise<Result<Terminal, 'worktree-missing' | 'no-terminal'>> {
    const { cwd, env, name } = home
    const started = await terminals.open({ id, file: env['SHELL'] ?? '/bin/sh', args: [], cwd, env })
    if (started.ok) return started
    const { code, message } = started.failure
    return code === 'no-folder'
      ? fail('worktree-missing', `The worktree of “${name}” (${cwd}) is not there, so no shell can run in it.`)
      : fail('no-terminal', message)
  }

  function follow(shell: Shell, terminal: Terminal, cwd: string): Shell {
    open.set(shell.id, { shell, terminal, cwd })
    void terminal.exited.then((exit) => {
      const now = open.get(shell.id)
      if (now?.terminal !== terminal) return
      now.shell = { ...now.shell, exit: exitOf(exit) }
      tell()
    })
    tell()
    return shell
  }

  async function close(id: string): Promise<void> {
    const one = open.get(id)
    if (one === undefined) return
    open.delete(id)
    one.terminal.kill('SIGHUP')
    await one.terminal.exited
    terminals.forget(id)
    tell()
  }

  return {
    list,
    async open(home) {
      const numbers = new Set(list().flatMap(({ session, number }) => (session === home.session ? [number] : [])))
      if (numbers.size >= MOST) return fail('too-many', `“${home.name}” has ${MOST} shells. Close one to open another.`)
      let number = 1
      while (numbers.has(number)) number += 1
      const id = `${home.session}:shell-${number}`
      const started = await run(id, home)
      return started.ok ? ok(follow({ id, session: home.session, number }, started.value, home.cwd)) : started
    },
    async restart(id, home) {
      const one = open.get(id)
      if (one === undefined) return fail('no-shell', 'This shell was closed. Open another one.')
      if (one.shell.exit === undefined) return fail('still-running', 'This shell is still running.')
      const started = await run(id, home)
      if (!started.ok) return started
      const { exit: _exit, ...shell } = one.shell
      return ok(follow(shell, started.value, home.cwd))
    },
    async close(id) {
      if (!open.has(id)) return fail('no-shell', 'This shell was closed already.')
      await close(id)
      return ok({})
    },
    async endAll(session) {
      await Promise.all(list().flatMap((shell) => (shell.session === session ? [close(shell.id)] : [])))
    },
    onChange: (listener) => changes.on(listener),
    async shut() {
      await Promise.all([...open.keys()].map(close))
    },
  }
}
