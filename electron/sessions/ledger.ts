/** Follows what the hooks and the status line of one session write into its ledger folder. */

import { watch, type FSWatcher } from 'node:fs'
import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { HOOKS_FILE, METER_FILE } from './launch.ts'

export const hook = z.looseObject({
  hook_event_name: z.string(),
  session_id: z.string(),
  prompt: z.string().optional(),
  source: z.string().optional(),
  /** Of StopFailure: `rate_limit` at an API limit (measured with 2.1.329). */
  error: z.string().optional(),
})
export type Hook = z.infer<typeof hook>

export const meterReading = z.looseObject({
  session_id: z.string(),
  model: z.looseObject({ id: z.string() }).optional(),
  cost: z.looseObject({ total_cost_usd: z.number().nonnegative() }),
  context_window: z.looseObject({ used_percentage: z.number().nullable().optional() }).optional(),
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

/** Reads what was appended since the last call; holds back a line that is not finished yet. */
function createTail(path: string, from: number): () => Promise<readonly string[]> {
  let offset = from
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
 * Makes the folder (0700) and follows it from its present end: earlier hooks are history, the last meter reading is not.
 * Gives a way to stop; it reads once more what was written last before it resolves.
 */
export async function followLedger(folder: string, listener: LedgerListener): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const hooks = join(folder, HOOKS_FILE)
  const written = await readFile(hooks).then(
    (bytes) => bytes.length,
    () => 0,
  )
  const tail = createTail(hooks, written)
  let lastMeter = ''

  async function look(): Promise<void> {
    for (const line of await tail()) {
      const heard = line.trim() === '' ? null : parseLine(line)
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
