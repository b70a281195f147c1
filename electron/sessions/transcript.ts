/** What Claude Code itself wrote down of a conversation. Only reads; a record that makes no sense is passed over. */

import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'

/** A prompt is told by its text alone, or by blocks; one that waits for the end of a turn is in a queue first. */
const block = z.object({ type: z.literal('text'), text: z.string() }).transform(({ text }) => text)
const prompt = z.union([
  z
    .object({ type: z.literal('user'), message: z.object({ content: z.union([z.string(), z.array(block)]) }) })
    .transform(({ message: { content } }) => (typeof content === 'string' ? content : content.join('\n'))),
  z
    .object({ type: z.literal('queue-operation'), operation: z.literal('enqueue'), content: z.string() })
    .transform(({ content }) => content),
])
const dated = z.object({ timestamp: z.string() })

/** Longer than any prompt with what a turn adds to it in a few seconds. */
const TAIL_BYTES = 4 * 1024 * 1024

/** The file of a conversation; null where Claude Code wrote nothing of it. Its folder follows where Claude Code was started. */
export async function transcriptOf(configDir: string, conversation: string): Promise<string | null> {
  const projects = join(configDir, 'projects')
  for (const slug of await readdir(projects).catch(() => [])) {
    const path = join(projects, slug, `${conversation}.jsonl`)
    if ((await stat(path).catch(() => null)) !== null) return path
  }
  return null
}

async function tailOf(path: string): Promise<string> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const from = Math.max(0, size - TAIL_BYTES)
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(size - from), position: from })
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await file.close()
  }
}

function recordOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

/** The prompts of a conversation that were written down at that moment or later; none where it cannot be read. */
export async function promptsSince(configDir: string, conversation: string, since: Date): Promise<readonly string[]> {
  const path = await transcriptOf(configDir, conversation)
  const text = path === null ? '' : await tailOf(path).catch(() => '')
  return text.split('\n').flatMap((line) => {
    const record = recordOf(line)
    const at = dated.safeParse(record)
    if (!at.success || !(Date.parse(at.data.timestamp) >= since.getTime())) return []
    const read = prompt.safeParse(record)
    return read.success ? [read.data] : []
  })
}
