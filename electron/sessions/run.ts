/** One run of Claude Code: its process, its status file and its ledger, as facts that change. Decides nothing. */

import { join } from 'node:path'
import type { Clock } from '../kit/clock.ts'
import { processStart } from '../kit/processes.ts'
import { signalName } from '../kit/signal-name.ts'
import type { Terminal, Terminals } from '../terminals/terminals.ts'
import type { Session } from '../../shared/model/session.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { hookFacts, leftInBackground, NO_HOOKS, statusSeen } from './hook-facts.ts'
import { followLedger, type Hook, type MeterReading } from './ledger.ts'
import { limitedUntil } from './limits.ts'
import { createSilence } from './silence.ts'
import { areHooksOff, DEAF_MS, NO_RUN, PROMPT_MS, START_MS, type ClaudeStatus, type StateFacts } from './state.ts'
import { followStatus } from './status-file.ts'

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
  /** Reads its status file now; what it says is in `status` after that. */
  look(): Promise<void>
  /** What only a running Claude Code has to show. */
  extras(): { readonly [K in 'background' | 'hooksOff' | 'limitedUntil' | 'silentSince']: Session[K] | undefined }
  /** True once a hook of this run was heard: the user has not turned hooks off. */
  hooksHeard(): boolean
  /** True once a hook should have been heard, and none was. */
  hooksOff(): boolean
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

/** Starts the process and follows it to its end. Failure: `not-started`, with the sentence of the terminal. */
export async function startRun(
  plan: RunPlan,
  parts: { readonly terminals: Terminals; readonly clock: Clock },
  listener: RunListener,
): Promise<Result<Run, 'not-started'>> {
  const { terminals, clock } = parts
  let hooks = NO_HOOKS
  let rateLimits: unknown = null
  let pending: { readonly kind: 'given' | 'submitted'; readonly since: number } | null = null
  let status: ClaudeStatus | null = null
  let blind = false
  let callOffPending = (): void => undefined

  function awaitTurn(kind: 'given' | 'submitted'): void {
    pending = { kind, since: clock.elapsed() }
    callOffPending()
    callOffPending = clock.after(PROMPT_MS + 50, () => listener.changed())
    listener.changed()
  }

  /** A busy machine may take longer than the wait to show it at all: the wait counts from there. */
  function appeared(): void {
    if (pending?.kind === 'given') awaitTurn('given')
  }

  function settle(): void {
    pending = null
    listener.changed()
  }

  const isWorking = (): boolean =>
    status?.status === undefined ? hooks.turn === 'running' && hooks.asks === null : status.status === 'busy'
  const silence = createSilence(clock, () => listener.changed())

  const stopLedger = await followLedger(plan.ledger, {
    hook(hook) {
      silence.heard()
      if (!hooks.heard) appeared()
      hooks = hookFacts(hooks, hook)
      // Its status file may say “idle” a moment longer, also one that comes only now; the end of a turn too short to be seen is told by Stop.
      const begins = hook.hook_event_name === 'UserPromptSubmit' && hooks.turn === 'running'
      if (begins && (status?.status ?? 'idle') === 'idle') awaitTurn('submitted')
      if (hook.hook_event_name === 'Stop' || hook.hook_event_name === 'StopFailure') settle()
      listener.hook(hook)
    },
    meter(reading) {
      rateLimits = reading.rate_limits
      listener.meter(reading)
      // Where nothing was spent, the end of the limit may be all that is new.
      if (hooks.limited) listener.changed()
    },
  })
  const opened = await terminals.open({ id: plan.id, file: plan.file, args: plan.args, cwd: plan.cwd, env: plan.env })
  if (!opened.ok) {
    silence.close()
    await stopLedger()
    return fail('not-started', opened.failure.message)
  }
  const terminal = opened.value
  terminal.onOutput(silence.heard)
  const startedAt = clock.elapsed()
  let hadStatus = false
  let statusSince: number | null = null
  let turn: 'none' | 'running' | 'seen' = 'none'
  let callOffDeaf: readonly (() => void)[] = []
  let exit: RunExit | null = null
  let asked = false

  const follower = followStatus(plan.configDir, terminal.pid, (seen) => {
    silence.heard()
    // What it said last holds until its process has ended, too.
    if (seen.status === null && hooks.ending) return
    status = seen.status
    blind = seen.blind
    hooks = statusSeen(hooks, status?.status)
    hadStatus ||= status?.status !== undefined
    if (hadStatus && statusSince === null) {
      appeared()
      statusSince = clock.elapsed()
      callOffDeaf = Object.values(DEAF_MS).map((after) => clock.after(after + 50, () => listener.changed()))
    }
    if (status?.status === 'busy' && turn === 'none') turn = 'running'
    if (status?.status === 'idle' && turn === 'running') turn = 'seen'
    if (status?.status !== undefined && status.status !== 'idle') pending = null
    listener.changed()
  })
  // This wait becomes a question to the user without any event of the process.
  const callOff = clock.after(START_MS + 50, () => listener.changed())
  if (plan.prompted) awaitTurn('given')

  const ended = terminal.exited.then(async ({ code, signal }) => {
    callOff()
    callOffPending()
    for (const off of callOffDeaf) off()
    silence.close()
    follower.stop()
    await stopLedger()
    exit = { code, signal: signal === null || signal === 0 ? null : signalName(signal), asked }
    listener.ended(exit)
  })

  const hooksOff = (): boolean =>
    statusSince !== null &&
    areHooksOff({ heard: hooks.heard, statusForMs: clock.elapsed() - statusSince, turnSeen: turn === 'seen' })

  const procStart = await processStart(terminal.pid)
  return ok({
    pid: terminal.pid,
    procStart,
    terminal,
    facts: () => ({
      ...NO_RUN,
      process: exit === null ? { kind: 'alive', forMs: clock.elapsed() - startedAt } : { kind: 'ended', ...exit },
      status,
      hadStatus,
      blind,
      hooks,
      pending: pending === null ? null : { kind: pending.kind, forMs: clock.elapsed() - pending.since },
    }),
    status: () => status,
    look: follower.look,
    extras: () => ({
      background: leftInBackground(hooks, status?.status),
      hooksOff: hooksOff() ? true : undefined,
      limitedUntil: hooks.limited ? limitedUntil(rateLimits) : undefined,
      silentSince: isWorking() ? silence.since() : undefined,
    }),
    hooksHeard: () => hooks.heard,
    hooksOff,
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
