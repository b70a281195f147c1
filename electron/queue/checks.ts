/** Runs the repository's own commands on a checked-out commit and keeps what they print, bounded. */

import type { WriteStream } from 'node:fs'
import { createWriteStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { once } from 'node:events'
import { runCommand, type CommandEnd } from '../kit/command.ts'

export type ChecksPlan = {
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly setup: string | null
  readonly checks: readonly string[]
  readonly timeoutMs: number
  readonly log: string
  readonly signal: AbortSignal
  /** Hears which command runs now; `index` counts from 1. */
  started(check: { readonly name: string; readonly index: number; readonly of: number }): void
  output(text: string): void
}

export type ChecksEnd =
  | { readonly kind: 'passed' }
  | {
      readonly kind: 'failed'
      readonly what: 'setup' | 'checks'
      readonly command: string
      readonly how: string
      readonly tail: string
    }
  | { readonly kind: 'cancelled' }
  /** Nothing was run, for the reason that the sentence says. */
  | { readonly kind: 'unprepared'; readonly message: string }

/** A check that prints without end must not fill the disk. */
const MAX_LOG_BYTES = 64 * 1024 * 1024
const TAIL_BYTES = 4000

/** In words: how a command ended that did not pass. */
function howItEnded(end: CommandEnd, timeoutMs: number): string {
  switch (end.kind) {
    case 'exited':
      return end.code === 127 ? 'was not found (exit 127)' : `exited with ${end.code}`
    case 'signalled':
      return `was ended by ${end.signal}`
    case 'timed-out':
      return `took longer than ${Math.round(timeoutMs / 1000)} seconds`
    case 'not-started':
      return `could not be started: ${end.message}`
    case 'cancelled':
      return 'was cancelled'
  }
}

/** Runs setup and checks in order until one fails. The verdict is exit codes alone, never what was printed. */
export async function runChecks(plan: ChecksPlan): Promise<ChecksEnd> {
  await mkdir(dirname(plan.log), { recursive: true, mode: 0o700 })
  const log: WriteStream = createWriteStream(plan.log, { mode: 0o600 })
  // A full disk costs the log, not the check.
  log.on('error', () => undefined)
  let written = 0
  let tail = Buffer.alloc(0)
  const keep = (chunk: Buffer): void => {
    tail = Buffer.concat([tail, chunk]).subarray(-TAIL_BYTES)
    if (written > MAX_LOG_BYTES) return
    written += chunk.length
    log.write(chunk)
    plan.output(chunk.toString('utf8'))
  }
  const commands = [
    ...(plan.setup === null ? [] : [{ what: 'setup' as const, command: plan.setup }]),
    ...plan.checks.map((command) => ({ what: 'checks' as const, command })),
  ]
  try {
    for (const [index, { what, command }] of commands.entries()) {
      plan.started({ name: command, index: index + 1, of: commands.length })
      keep(Buffer.from(`$ ${command}\n`))
      tail = Buffer.alloc(0)
      const { cwd, env, timeoutMs, signal } = plan
      const end = await runCommand({ command, cwd, env, timeoutMs, signal, output: keep })
      if (end.kind === 'cancelled') return { kind: 'cancelled' }
      if (end.kind !== 'exited' || end.code !== 0) {
        const how = howItEnded(end, timeoutMs)
        const failed = { kind: 'failed', what, command, how, tail: tail.toString('utf8').trim() } as const
        keep(Buffer.from(`\n“${command}” ${how}.\n`))
        return failed
      }
    }
    return { kind: 'passed' }
  } finally {
    if (!log.destroyed) {
      log.end()
      await once(log, 'close').catch(() => undefined)
    }
  }
}

/** Gives the end of a log, and whether it was longer. A log that is not there is empty. */
export async function readLogTail(
  path: string,
  maxBytes: number,
): Promise<{ readonly text: string; readonly truncated: boolean }> {
  const file = await open(path, 'r').catch(() => null)
  if (file === null) return { text: '', truncated: false }
  try {
    const { size } = await file.stat()
    const from = Math.max(0, size - maxBytes)
    const bytes = Buffer.alloc(size - from)
    const { bytesRead } = await file.read(bytes, 0, bytes.length, from)
    return { text: bytes.subarray(0, bytesRead).toString('utf8'), truncated: from > 0 }
  } finally {
    await file.close()
  }
}
