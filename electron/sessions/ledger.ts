/** Follows what the hooks and the status line of one session write into its ledger folder. */

import { watch, type FSWatcher } from 'node:fs'
import { mkdir, open, readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import * as z from 'zod'
import { removeFile } from '../kit/remove-file.ts'
import { ASK_PREFIX, HOOKS_FILE, METER_FILE } from './launch.ts'

export const hook = z.looseObject({
  hook_event_name: z.string(),
  session_id: z.string(),
  prompt: z.string().optional(),
  source: z.string().optional(),
  /** Of StopFailure: `rate_limit` at an API limit (measured with 2.1.329). */
  error: z.string().optional(),
  prompt_id: z.string().optional().catch(undefined),
  reason: z.string().optional().catch(undefined),
  notification_type: z.string().optional().catch(undefined),
  /** What still runs when a turn ends. */
  background_tasks: z
    .array(z.looseObject({ type: z.string(), description: z.string().catch(''), status: z.string().optional().catch(undefined) }))
    .optional()
    .catch(undefined),
  /** Left out in the conversation of the user. */
  agent_id: z.string().optional().catch(undefined),
  tool_name: z.string().optional().catch(undefined),
  tool_input: z.unknown().optional(),
  /** Of PermissionRequest: the file in which the hook left the request, and beside which it waits for the answer. */
  ask: z.string().optional().catch(undefined),
})
export type Hook = z.infer<typeof hook>

export const meterReading = z.looseObject({
  session_id: z.string(),
  model: z.looseObject({ id: z.string() }).optional(),
  cost: z.looseObject({ total_cost_usd: z.number().nonnegative() }),
  context_window: z.looseObject({ used_percentage: z.number().nullable().optional() }).optional(),
  /** Of subscribers. */
  rate_limits: z.unknown().optional(),
})
export type MeterReading = z.infer<typeof meterReading>

export type LedgerListener = { hook(hook: Hook): void; meter(reading: MeterReading): void }

/** A hook payload carries whole files; one line beyond this is skipped rather than kept in memory. */
const MAX_PENDING_BYTES = 64 * 1024 * 1024

function parseLine(text: string): Hook | null {
  try {
    return hook.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** Puts the request in the place of the line that announces it. One that cannot be read is taken away, so that its hook ends. */
async function withRequest(folder: string, announced: Hook): Promise<Hook | null> {
  const { ask } = announced
  if (ask === undefined || announced.hook_event_name !== 'PermissionRequest') return announced
  const path = join(folder, basename(ask))
  const request = parseLine(await readFile(path, 'utf8').catch(() => ''))
  if (request !== null && request.hook_event_name === 'PermissionRequest') return { ...request, ask: basename(ask) }
  await removeFile(path).catch(() => undefined)
  return null
}

/** Hooks of an earlier run are history, and hold the user's words; what was asked then is not answered now. */
async function startAnew(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  // On a full disk hooks are not heard, and the session runs all the same.
  await writeFile(join(folder, HOOKS_FILE), '', { mode: 0o600 }).catch(() => undefined)
  const asked = (await readdir(folder)).filter((name) => name.startsWith(ASK_PREFIX))
  await Promise.all(asked.map((name) => removeFile(join(folder, name)).catch(() => undefined)))
}

/** Reads what was appended since the last call; holds back a line that is not finished yet. */
function createTail(path: string): () => Promise<readonly string[]> {
  let offset = 0
  let pending = Buffer.alloc(0)
  return async () => {
    const file = await open(path, 'r').catch(() => null)
    if (file === null) return []
    try {
      const { size } = await file.stat()
      if (size <= offset) return []
      const chunk = Buffer.alloc(Math.min(size - offset, MAX_PENDING_BYTES))
      const { bytesRead } = await file.read(chunk, 0, chunk.length, offset)
      offset += bytesRead
      pending = Buffer.concat([pending, chunk.subarray(0, bytesRead)])
    } finally {
      await file.close()
    }
    const end = pending.lastIndexOf(0x0a)
    if (end < 0) {
      if (pending.length > MAX_PENDING_BYTES) pending = Buffer.alloc(0)
      return []
    }
    const lines = pending.subarray(0, end).toString('utf8').split('\n')
    pending = pending.subarray(end + 1)
    return lines
  }
}

/** Where no more watches are to be had (a Linux machine's limit), a look twice a second must do. */
const POLL_MS = 500

function watchOrPoll(folder: string, wake: () => void): () => void {
  let timer: NodeJS.Timeout | undefined
  let watcher: FSWatcher | null = null
  const poll = (): void => {
    watcher?.close()
    timer ??= setInterval(wake, POLL_MS).unref()
  }
  try {
    watcher = watch(folder, wake)
    watcher.on('error', poll)
  } catch {
    poll()
  }
  return () => {
    watcher?.close()
    clearInterval(timer)
  }
}

/**
 * Makes the folder (0700) and follows what is written there from now on; the last meter reading of before is told too.
 * Gives a way to stop; it reads once more what was written last before it resolves.
 */
export async function followLedger(folder: string, listener: LedgerListener): Promise<() => Promise<void>> {
  await startAnew(folder)
  const tail = createTail(join(folder, HOOKS_FILE))
  let lastMeter = ''

  async function look(): Promise<void> {
    for (const line of await tail()) {
      const announced = line.trim() === '' ? null : parseLine(line)
      const heard = announced === null ? null : await withRequest(folder, announced)
      if (heard !== null) listener.hook(heard)
    }
    const text = await readFile(join(folder, METER_FILE), 'utf8').catch(() => '')
    if (text === lastMeter) return
    lastMeter = text
    try {
      const reading = meterReading.safeParse(JSON.parse(text))
      if (reading.success) listener.meter(reading.data)
    } catch {
      // Half a line: the next write brings the whole one.
    }
  }

  let running: Promise<void> = look()
  let wanted = false
  const wake = (): void => {
    if (wanted) return
    wanted = true
    running = running
      .then(() => {
        wanted = false
        return look()
      })
      .catch(() => undefined)
  }
  const stopWatching = watchOrPoll(folder, wake)
  return async () => {
    stopWatching()
    wake()
    await running
  }
}
