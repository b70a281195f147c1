/** Whether a conversation is open in another Claude Code: the user may have gone on with it in a terminal of their own. Only reads. */

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { processStart } from '../kit/processes.ts'
import { isRunning } from '../kit/running.ts'

const statusFile = z.looseObject({
  pid: z.number().int().positive(),
  sessionId: z.string(),
  procStart: z.string().optional(),
})

/** A file is left behind by a process that was killed, and its number may be another's by now. */
async function isAlive({ pid, procStart }: z.infer<typeof statusFile>): Promise<boolean> {
  if (process.platform !== 'linux' || procStart === undefined) return isRunning(pid)
  return (await processStart(pid)) === procStart
}

/** Gives the process that has the conversation open; null where there is none. */
export async function processWith(configDir: string, conversation: string): Promise<number | null> {
  const folder = join(configDir, 'sessions')
  for (const name of await readdir(folder).catch(() => [])) {
    if (!/^\d+\.json$/u.test(name)) continue
    try {
      const told = statusFile.safeParse(JSON.parse(await readFile(join(folder, name), 'utf8')))
      if (told.success && told.data.sessionId === conversation && (await isAlive(told.data))) return told.data.pid
    } catch {
      // Being written, or gone already: nothing that could be relied on.
    }
  }
  return null
}
