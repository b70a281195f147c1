/** `host.json` in the data directory: how the command line finds a running host and shows that it may speak to it. */

import { randomUUID } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { removeFile } from '../kit/remove-file.ts'

const address = z.object({
  /** With the token, for a browser. Only ever this machine: the token is not to be carried elsewhere by an edited file. */
  url: z.string().regex(/^http:\/\/127\.0\.0\.1:\d{1,5}\/\?token=[\w-]+$/u),
  port: z.number().int().min(1).max(65_535),
  pid: z.number().int().positive(),
  token: z.string().min(1),
  startedAt: z.iso.datetime(),
})
export type Address = z.infer<typeof address>

function pathIn(dataDir: string): string {
  return join(dataDir, 'host.json')
}

/** Writes the file whole or not at all, for the user's eyes only. Rejects when the disk refuses. */
export async function writeAddress(dataDir: string, value: Address): Promise<void> {
  const draft = `${pathIn(dataDir)}.${randomUUID()}`
  try {
    await writeFile(draft, `${JSON.stringify(value)}\n`, { mode: 0o600, flag: 'wx' })
    await rename(draft, pathIn(dataDir))
  } catch (error) {
    await removeFile(draft)
    throw error
  }
}

/** The address that a host left, or null where there is none that makes sense. A killed host leaves its own: try it, then say nobody is there. */
export async function readAddress(dataDir: string): Promise<Address | null> {
  try {
    const parsed = address.safeParse(JSON.parse(await readFile(pathIn(dataDir), 'utf8')))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** Removes the file if it is still the one of the host with this token. */
export async function removeAddress(dataDir: string, token: string): Promise<void> {
  const current = await readAddress(dataDir)
  if (current?.token === token) await removeFile(pathIn(dataDir))
}
