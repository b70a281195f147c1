/** Follows `<config>/sessions/<pid>.json` of one Claude Code process. Only reads; nothing is ever written to Claude's folder. */

import { watch, type FSWatcher } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import type { ClaudeStatus } from './state.ts'

const statusFile = z.looseObject({
  pid: z.number(),
  sessionId: z.string().optional(),
  procStart: z.string().optional(),
  status: z.string().optional(),
  waitingFor: z.string().optional(),
})

/** How long until a look without a watch event: while the folder is not there yet, and as a net under lost events. */
const EAGER_MS = 150
const NET_MS = 2000

/** Field 22 of `/proc/PID/stat`: when the process started. Null for one that has ended, collected or not, and where there is no such file (macOS, Windows). */
export async function processStart(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in parentheses and may hold spaces and parentheses itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null)
  } catch {
    return null
  }
}

async function readStatus(path: string, pid: number, start: string | null): Promise<ClaudeStatus | null> {
  try {
    const parsed = statusFile.safeParse(JSON.parse(await readFile(path, 'utf8')))
    if (!parsed.success || parsed.data.pid !== pid) return null
    // A file left behind by a killed process whose pid was given to ours.
    if (start !== null && parsed.data.procStart !== undefined && parsed.data.procStart !== start) return null
    const { status, waitingFor, sessionId } = parsed.data
    return { status, waitingFor, sessionId }
  } catch {
    return null
  }
}

/**
 * Takes Claude's configuration folder and the pid; calls back with each different status, null when there is none.
 * Gives a way to stop, after which nothing is called.
 */
export function followStatus(configDir: string, pid: number, tell: (status: ClaudeStatus | null) => void): () => void {
  const folder = join(configDir, 'sessions')
  const file = `${pid}.json`
  const start = processStart(pid)
  let watcher: FSWatcher | null = null
  let timer: NodeJS.Timeout | undefined
  let last: string | undefined
  let stopped = false
  let looking = false
  let again = false

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

  async function look(): Promise<void> {
    if (looking) {
      again = true
      return
    }
    looking = true
    do {
      again = false
      if (watcher === null) listen()
      const status = await readStatus(join(folder, file), pid, await start)
      const told = JSON.stringify(status)
      if (!stopped && told !== last) {
        last = told
        tell(status)
      }
    } while (again && !stopped)
    looking = false
    if (stopped) return
    clearTimeout(timer)
    timer = setTimeout(() => void look(), watcher === null || last === 'null' ? EAGER_MS : NET_MS)
    timer.unref()
  }

  void look()
  return () => {
    stopped = true
    clearTimeout(timer)
    watcher?.close()
  }
}
