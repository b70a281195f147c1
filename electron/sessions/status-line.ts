/** The user's own status line command: ours takes its place, so ours runs it too. Only read, never written. */

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'

const settings = z.looseObject({ statusLine: z.looseObject({ type: z.literal('command'), command: z.string().min(1) }) })

/** Takes Claude's configuration folder; gives the command of the user's settings, or null. */
export async function userStatusLine(configDir: string): Promise<string | null> {
  try {
    return settings.parse(JSON.parse(await readFile(join(configDir, 'settings.json'), 'utf8'))).statusLine.command
  } catch {
    return null
  }
}
