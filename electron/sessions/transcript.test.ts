import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { removeFolder } from '../kit/remove-folder.ts'
import { promptsSince, transcriptOf } from './transcript.ts'

const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString()
const user = (second: number, content: unknown): string =>
  JSON.stringify({ type: 'user', timestamp: at(second), message: { role: 'user', content } })

async function written(lines: readonly string[]): Promise<string> {
  const config = await mkdtemp(join(tmpdir(), 'sluice-transcript-'))
  onTestFinished(async () => void (await removeFolder({ path: config, root: tmpdir() })))
  await mkdir(join(config, 'projects', '-shop'), { recursive: true })
  await writeFile(join(config, 'projects', '-shop', 'a.jsonl'), lines.join('\n'))
  return config
}

test('the prompts from a moment on, however they were written down', async () => {
  const config = await written([
    user(1, 'Too early'),
    user(5, 'Plain'),
    'not a record',
    user(6, [{ type: 'text', text: 'In a block' }]),
    user(6, [{ type: 'tool_result', content: 'not a prompt' }]),
    JSON.stringify({ type: 'assistant', timestamp: at(7), message: { content: 'not a prompt' } }),
    JSON.stringify({ type: 'queue-operation', operation: 'enqueue', timestamp: at(8), content: 'Waits' }),
    JSON.stringify({ type: 'queue-operation', operation: 'dequeue', timestamp: at(9) }),
    '{"type":"user","timestamp":"2026-01-01T00:00:10',
  ])
  expect(await promptsSince(config, 'a', new Date(at(5)))).toEqual(['Plain', 'In a block', 'Waits'])
})

test('of a long conversation the end is read', async () => {
  const config = await written([...Array.from({ length: 5 }, () => user(5, 'x'.repeat(1024 * 1024))), user(6, 'Last')])
  const prompts = await promptsSince(config, 'a', new Date(at(0)))
  expect(prompts.at(-1)).toBe('Last')
  expect(prompts.length).toBeLessThan(6)
})

test('a conversation that is nowhere has none', async () => {
  const config = await written([])
  expect(await transcriptOf(config, 'b')).toBeNull()
  expect(await promptsSince(config, 'b', new Date(at(0)))).toEqual([])
  expect(await promptsSince(join(config, 'nowhere'), 'a', new Date(at(0)))).toEqual([])
})
