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
/** Nobody waits for the end of a conversation to be found further back. */
const MOST_BYTES = 64 * 1024 * 1024

/** The file of a conversation; null where Claude Code wrote nothing of it. Its folder follows where Claude Code was started. */
export async function transcriptOf(configDir: string, conversation: string): Promise<string | null> {
  const projects = join(configDir, 'projects')
  for (const slug of await readdir(projects).catch(() => [])) {
    const path = join(projects, slug, `${conversation}.jsonl`)
    if ((await stat(path).catch(() => null)) !== null) return path
  }
  return null
}

async function tailOf(path: string, bytes: number): Promise<{ readonly text: string; readonly whole: boolean }> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const from = Math.max(0, size - bytes)
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(size - from), position: from })
    return { text: buffer.toString('utf8', 0, bytesRead), whole: from === 0 || bytes >= MOST_BYTES }
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
  const tail = path === null ? null : await tailOf(path, TAIL_BYTES).catch(() => null)
  return (tail?.text ?? '').split('\n').flatMap((line) => {
    const record = recordOf(line)
    const at = dated.safeParse(record)
    if (!at.success || !(Date.parse(at.data.timestamp) >= since.getTime())) return []
    const read = prompt.safeParse(record)
    return read.success ? [read.data] : []
  })
}

/** One record for each block of a message, all with its id; what a subagent said is no word of the session. */
const said = z
  .object({
    type: z.literal('assistant'),
    isSidechain: z.boolean().optional(),
    message: z.object({ id: z.string(), model: z.string().optional(), content: z.array(z.unknown()) }),
  })
  .transform(({ isSidechain, message: { id, model, content } }) => ({
    id,
    // Claude Code's own words, as about an error of the API.
    own: isSidechain !== true && model !== '<synthetic>',
    text: content.flatMap((one) => block.safeParse(one).data ?? []).join('\n\n'),
  }))

export type Said = { readonly id: string; readonly text: string }

/** The last message with words of a conversation; null where there is none, or it cannot be read. Results of tools may be large, so it looks back in steps. */
export async function lastMessage(configDir: string, conversation: string): Promise<Said | null> {
  const path = await transcriptOf(configDir, conversation)
  if (path === null) return null
  for (let bytes = TAIL_BYTES; ; bytes *= 4) {
    const tail = await tailOf(path, bytes).catch(() => null)
    if (tail === null) return null
    const last = lastSaid(tail.text)
    if (last !== null || tail.whole) return last
  }
}

/** Takes lines of a transcript; gives the last message with words in them. Pure. */
export function lastSaid(text: string): Said | null {
  const blocks: string[] = []
  let id: string | null = null
  for (const line of text.split('\n').toReversed()) {
    if (id !== null ? !line.includes(id) : !line.includes('"assistant"')) continue
    const read = said.safeParse(recordOf(line))
    if (!read.success || !read.data.own || read.data.text === '' || (id !== null && read.data.id !== id)) continue
    id = read.data.id
    blocks.unshift(read.data.text)
  }
  return id === null ? null : { id, text: blocks.join('\n\n') }
}
