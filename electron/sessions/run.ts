/** One run of Claude Code: its process, its status file and its ledger, as facts that change. Decides nothing. */

import { join } from 'node:path'
import type { Clock } from '../kit/clock.ts'
import type { Terminal, Terminals } from '../terminals/terminals.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { followLedger, type Hook, type MeterReading } from './ledger.ts'
import { PROMPT_MS, START_MS, type ClaudeStatus, type StateFacts } from './state.ts'
import { followStatus, processStart } from './status-file.ts'

export type RunExit = { readonly code: number | null; readonly signal: string | null; readonly asked: boolean }

export type RunListener = {
  /** Something that the state is read from is different now. */
  changed(): void
  hook(hook: Hook): void
  meter(reading: MeterReading): void
  ended(exit: RunExit): void
}

export type Run = {
  readonly pid: number
  /** When the process started, where the system tells (Linux). */
  readonly procStart: string | null
  readonly terminal: Terminal
  facts(): StateFacts
  status(): ClaudeStatus | null
  /** True once a hook of this run was heard: the user has not turned hooks off. */
  hooksHeard(): boolean
  /** SIGTERM, and SIGKILL for what does not end in time. Resolves when the process is gone. */
  stop(): Promise<void>
}

export type RunPlan = {
  readonly id: string
  readonly file: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly configDir: string
  readonly ledger: string
  /** True when the process is started with a prompt to work on. */
  readonly prompted: boolean
}

/** Measured with 2.1.329: SIGTERM takes 0.1–0.5 s, and up to 6.5 s in the launch after a kill -9. */
const GRACE_MS = 8000

const SIGNAL_NAMES: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  6: 'SIGABRT',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  15: 'SIGTERM',
}

/** Starts the process and follows it to its end. Failure: `not-started`, with the sentence of the terminal. */
export async function startRun(
  plan: RunPlan,
  parts: { readonly terminals: Terminals; readonly clock: Clock },
  listener: RunListener,
): Promise<Result<Run, 'not-started'>> {
  const { terminals, clock } = parts
  let hooksHeard = false
  let pending: { readonly kind: 'given' | 'submitted'; readonly since: number } | null = null
  let status: ClaudeStatus | null = null
  let limited = false
  let callOffPending = (): void => undefined

  function awaitTurn(kind: 'given' | 'submitted'): void {
    pending = { kind, since: clock.now().getTime() }
    callOffPending()
    callOffPending = clock.after(PROMPT_MS + 50, () => listener.changed())
    listener.changed()
  }

  function settle(): void {
    pending = null
    listener.changed()
  }

  const stopLedger = await followLedger(plan.ledger, {
    hook(hook) {
      hooksHeard = true
      // Its status file may say “idle” a moment longer; the end of a turn that was too short to be seen is told by Stop.
      if (hook.hook_event_name === 'UserPromptSubmit') limited = false
      if (hook.hook_event_name === 'StopFailure') limited = hook.error === 'rate_limit'
      if (hook.hook_event_name === 'UserPromptSubmit' && status?.status === 'idle') awaitTurn('submitted')
      if (hook.hook_event_name === 'Stop' || hook.hook_event_name === 'StopFailure') settle()
      listener.hook(hook)
    },
    meter: (reading) => listener.meter(reading),
  })
  const opened = await terminals.open({ id: plan.id, file: plan.file, args: plan.args, cwd: plan.cwd, env: plan.env })
  if (!opened.ok) {
    await stopLedger()
    return fail('not-started', opened.failure.message)
  }
  const terminal = opened.value
  const startedAt = clock.now().getTime()
  let hadStatus = false
  let exit: RunExit | null = null
  let asked = false

  const stopStatus = followStatus(plan.configDir, terminal.pid, (seen) => {
    status = seen
    hadStatus ||= seen?.status !== undefined
    if (seen?.status !== undefined && seen.status !== 'idle') pending = null
    listener.changed()
  })
  // This wait becomes a question to the user without any event of the process.
  const callOff = clock.after(START_MS + 50, () => listener.changed())
  if (plan.prompted) awaitTurn('given')

  const ended = terminal.exited.then(async ({ code, signal }) => {
    callOff()
    callOffPending()
    stopStatus()
    await stopLedger()
    exit = { code, signal: signal === null || signal === 0 ? null : (SIGNAL_NAMES[signal] ?? `signal ${signal}`), asked }
    listener.ended(exit)
  })

  const procStart = await processStart(terminal.pid)
  return ok({
    pid: terminal.pid,
    procStart,
    terminal,
    facts: () => ({
      process: exit === null ? { kind: 'alive', forMs: clock.now().getTime() - startedAt } : { kind: 'ended', ...exit },
      status,
      hadStatus,
      pending: pending === null ? null : { kind: pending.kind, forMs: clock.now().getTime() - pending.since },
      limited,
    }),
    status: () => status,
    hooksHeard: () => hooksHeard,
    async stop() {
      asked = true
      terminal.kill('SIGTERM')
      const killer = setTimeout(() => terminal.kill('SIGKILL'), GRACE_MS)
      await ended
      clearTimeout(killer)
    },
  })
}

/** Where the hooks and the status line of a session write. */
export function ledgerFolder(dataDir: string, id: string): string {
  return join(dataDir, 'sessions', id)
}
