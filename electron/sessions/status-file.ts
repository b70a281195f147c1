/** Follows `<config>/sessions/<pid>.json` of one Claude Code process. Only reads; nothing is ever written to Claude's folder. */

import { watch, type FSWatcher } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { processStart } from '../kit/processes.ts'
import type { ClaudeStatus } from './state.ts'

const statusFile = z.looseObject({
  pid: z.number(),
  sessionId: z.string().optional(),
  procStart: z.string().optional(),
  status: z.string().optional(),
  waitingFor: z.string().optional(),
  statusUpdatedAt: z.number().optional().catch(undefined),
  /** Milliseconds since 1970. */
  startedAt: z.number().optional().catch(undefined),
})

/** `blind`: the place of status files cannot be read at all, so that its absence says nothing. */
export type StatusSeen = { readonly status: ClaudeStatus | null; readonly blind: boolean }

/** How long until a look without a watch event: while the folder is not there yet, and as a net under lost events. */
const EAGER_MS = 150
const NET_MS = 2000
/** A status that is gone is told after so long: it is half written for a moment, and goes before its process does (busy machines: over 1 s). */
const GONE_MS = 3000
/** A file that says to be older than its process by more than this was left by another one. */
const STALE_MS = 5000

type Own = { readonly pid: number; readonly start: string | null; readonly since: number }

async function readStatus(path: string, own: Own): Promise<StatusSeen> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    return { status: null, blind: !(error instanceof Error && 'code' in error && error.code === 'ENOENT') }
  }
  const none = { status: null, blind: false }
  try {
    const parsed = statusFile.safeParse(JSON.parse(text))
    if (!parsed.success || parsed.data.pid !== own.pid) return none
    const { status, waitingFor, sessionId, statusUpdatedAt, procStart, startedAt } = parsed.data
    // A file left behind by a killed process whose pid was given to ours.
    if (own.start !== null && procStart !== undefined && procStart !== own.start) return none
    if (own.start === null && startedAt !== undefined && startedAt < own.since - STALE_MS) return none
    return { status: { status, waitingFor, sessionId, statusUpdatedAt }, blind: false }
  } catch {
    return none
  }
}

export type StatusFollower = {
  /** Reads the file now, and calls back where it says something new: what is told by itself may come late on a busy machine. */
  look(): Promise<void>
  /** After this nothing is called. */
  stop(): void
}

/** Takes Claude's configuration folder and the pid; calls back with each different status. */
export function followStatus(configDir: string, pid: number, tell: (seen: StatusSeen) => void): StatusFollower {
  const folder = join(configDir, 'sessions')
  const file = `${pid}.json`
  const start = processStart(pid)
  const since = Date.now()
  let goneSince: number | null = null
  let had = false
  let watcher: FSWatcher | null = null
  let timer: NodeJS.Timeout | undefined
  let last: string | undefined
  let stopped = false
  let looking = false
  let again = false
  let reading: Promise<void> = Promise.resolve()

  function listen(): void {
    try {
      watcher = watch(folder, (_event, name) => {
        if (name === null || name === file) void look()
      })
      watcher.on('error', () => {
        watcher?.close()
        watcher = null
      })
    } catch {
      watcher = null
    }
  }

  async function read(): Promise<void> {
    const seen = await readStatus(join(folder, file), { pid, start: await start, since })
    if (seen.status !== null) [goneSince, had] = [null, true]
    else if (had) goneSince ??= performance.now()
    if (goneSince !== null && performance.now() - goneSince < GONE_MS) return
    const told = JSON.stringify(seen)
    if (stopped || told === last) return
    last = told
    tell(seen)
  }

  /** One after the other, so that what was read first is never told last. */
  function readNext(): Promise<void> {
    reading = reading.then(read)
    return reading
  }

  async function look(): Promise<void> {
    if (looking) {
      again = true
      return
    }
    looking = true
    do {
      again = false
      if (watcher === null) listen()
      await readNext()
    } while (again && !stopped)
    looking = false
    if (stopped) return
    clearTimeout(timer)
    timer = setTimeout(() => void look(), watcher === null || !had || goneSince !== null ? EAGER_MS : NET_MS)
    timer.unref()
  }

  void look()
  return {
    look: readNext,
    stop() {
      stopped = true
      clearTimeout(timer)
      watcher?.close()
    },
  }
}
