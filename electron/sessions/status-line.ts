/** The status line command that would be in force without ours: ours takes its place, so ours runs it too. Only read, never written. */

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'

const settings = z.looseObject({
  statusLine: z.looseObject({
    type: z.literal('command'),
    command: z.string().min(1),
    padding: z.number().optional().catch(undefined),
    refreshInterval: z.number().optional().catch(undefined),
  }),
})

export type UserStatusLine = {
  readonly command: string
  readonly padding?: number | undefined
  readonly refreshInterval?: number | undefined
}

async function statusLineOf(file: string): Promise<UserStatusLine | null> {
  try {
    const { command, padding, refreshInterval } = settings.parse(JSON.parse(await readFile(file, 'utf8'))).statusLine
    return { command, padding, refreshInterval }
  } catch {
    return null
  }
}

/** Takes Claude's configuration folder and a worktree; gives the nearest one of the settings, or null. */
export async function userStatusLine(configDir: string, worktree: string): Promise<UserStatusLine | null> {
  const files = [
    join(worktree, '.claude', 'settings.local.json'),
    join(worktree, '.claude', 'settings.json'),
    join(configDir, 'settings.json'),
  ]
  const found = await Promise.all(files.map(statusLineOf))
  return found.find((one) => one !== null) ?? null
}
