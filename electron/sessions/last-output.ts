/** The last lines of a session's terminal, kept when its Claude Code ended: in a file for the user's eyes only, never in the history. */

import { readFile, rename, stat, writeFile } from 'node:fs/promises'
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

export type Shown = { readonly at: Date; readonly text: string }

/** What it printed last, and when; null where nothing was kept. */
export async function readLastOutput(dataDir: string, id: string): Promise<Shown | null> {
  const file = join(ledgerFolder(dataDir, id), LAST_OUTPUT_FILE)
  try {
    const [{ mtime }, text] = await Promise.all([stat(file), readFile(file, 'utf8')])
    return { at: mtime, text }
  } catch {
    return null
  }
}

const linesOf = (text: string): readonly string[] => text.split('\n').map((line) => line.trimEnd())

/**
 * The last lines of a terminal in which nothing ran since Sluice was started: of what it showed, with what was printed after that,
 * as Claude Code takes its screen away when it ends. What was printed before belongs to an earlier end.
 */
export function lastLines(showed: Shown | null, printed: Shown | null): string {
  const kept = linesOf(showed?.text ?? '')
  const isLater = printed !== null && printed.at > (showed?.at ?? new Date(0))
  const more = isLater && !kept.join('\n').includes(linesOf(printed.text).join('\n')) ? linesOf(printed.text) : []
  return [...kept, ...more].slice(-LAST_LINES).join('\n').trim()
}
