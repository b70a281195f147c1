/** What is written down about the worktree that is kept ready before git is asked for anything: whose it is, where, and what becomes of it. */

import { mkdir, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as z from 'zod'
import { oid } from '../../../shared/model/session.ts'

const warmNote = z.strictObject({
  path: z.string(),
  commit: oid,
  /** The Sluice that made it. */
  pid: z.number().int(),
  procStart: z.string().nullable(),
  /** `made`: proved untouched. `claimed`: it is on its way to be the worktree at `goal`, and nobody else's any more. */
  phase: z.enum(['making', 'made', 'claimed']),
  registration: z.string().optional(),
  goal: z.string().optional(),
  /** The commit that it is being brought from. */
  before: oid.optional(),
})
export type WarmNote = z.infer<typeof warmNote>

/** Null when there is none; one that cannot be read is none. */
export async function readWarmNote(file: string): Promise<WarmNote | null> {
  try {
    const parsed = warmNote.safeParse(JSON.parse(await readFile(file, 'utf8')))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** All or nothing, also when Sluice is killed meanwhile. */
export async function writeWarmNote(file: string, note: WarmNote): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(`${file}.new`, JSON.stringify(note), { mode: 0o600 })
  await rename(`${file}.new`, file)
}

export async function forgetWarmNote(file: string): Promise<void> {
  await unlink(file).catch(() => undefined)
}
