/** Prompts that did not arrive, kept on disk for the user's eyes only: they survive Sluice. Knows nothing of how they are typed. */

import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { removeFile } from '../kit/remove-file.ts'

const unsent = z.strictObject({ text: z.string(), waits: z.boolean() })
/** `waits`: it is to be typed as soon as it can be; else it was typed, and not confirmed. */
export type Unsent = z.infer<typeof unsent>

const UNSENT_FILE = 'unsent.json'

/** In the order in which they are to be sent; none where nothing can be read. */
export async function readUnsent(folder: string): Promise<readonly Unsent[]> {
  try {
    return z.array(unsent).parse(JSON.parse(await readFile(join(folder, UNSENT_FILE), 'utf8')))
  } catch {
    return []
  }
}

/** Whole or not at all. */
export async function writeUnsent(folder: string, prompts: readonly Unsent[]): Promise<void> {
  const file = join(folder, UNSENT_FILE)
  if (prompts.length === 0) return removeFile(file)
  const draft = `${file}.${crypto.randomUUID()}`
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await writeFile(draft, JSON.stringify(prompts), { mode: 0o600, flag: 'wx' })
    await rename(draft, file)
  } catch (error) {
    await removeFile(draft)
    throw error
  }
}
