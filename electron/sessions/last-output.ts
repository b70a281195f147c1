/** The last lines of a session's terminal, kept when its Claude Code ended: in a file for the user's eyes only, never in the history. */

import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { removeFile } from '../kit/remove-file.ts'
import { ledgerFolder } from './run.ts'

const LAST_OUTPUT_FILE = 'last-output.txt'

export const LAST_LINES = 40

/** Whole or not at all. */
export async function keepLastOutput(dataDir: string, id: string, text: string): Promise<void> {
  const file = join(ledgerFolder(dataDir, id), LAST_OUTPUT_FILE)
  const draft = `${file}.${crypto.randomUUID()}`
  try {
    await writeFile(draft, text, { mode: 0o600, flag: 'wx' })
    await rename(draft, file)
  } catch (error) {
    await removeFile(draft)
    throw error
  }
}

/** Empty where nothing was kept. */
export function readLastOutput(dataDir: string, id: string): Promise<string> {
  return readFile(join(ledgerFolder(dataDir, id), LAST_OUTPUT_FILE), 'utf8').catch(() => '')
}
