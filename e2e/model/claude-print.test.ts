/** The real Claude Code CLI in print mode, against the scripted model. */
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { billedOf, totalUsage } from './books.ts'
import { agent, edit, read, say, script, write } from './scripts.ts'
import { git, makeBench, print, transcriptMessages } from './testing.ts'
import type { Bench } from './testing.ts'

let bench: Bench

beforeEach(async () => {
  bench = await makeBench({
    'login-fix': [read('README.md'), edit('README.md', '# Shop', '# Better shop'), say('Fixed the login.')],
  })
})

afterEach(() => bench.dispose())

test('a Write step creates a file in the repository', async () => {
  const printed = await print(bench, [script([write('src/cart.ts', 'export {}\n'), say('Wrote the cart.')], 'Add a cart.')])

  expect(printed).toEqual({ code: 0, output: 'Wrote the cart.\n', errors: '' })
  expect(await git(bench, 'status', '--short', '--untracked-files')).toBe('?? src/cart.ts\n')
  expect(await readFile(join(bench.repository, 'src/cart.ts'), 'utf8')).toBe('export {}\n')
})

test('a named script reads and edits, and the model saw the human words before it', async () => {
  const printed = await print(bench, ['Fix the login.\n\nrun:login-fix'])

  expect(printed.output).toBe('Fixed the login.\n')
  expect(await git(bench, 'diff', '--shortstat')).toContain('1 insertion(+), 1 deletion(-)')
  expect(bench.model.books()[0]?.prompt).toBe('Fix the login.\n\nrun:login-fix')
})

test('the books hold exactly what the transcript says', async () => {
  const cache = { ephemeral_5m_input_tokens: 700, ephemeral_1h_input_tokens: 50 }
  const usage = { input_tokens: 11, output_tokens: 222, cache_read_input_tokens: 3_333, cache_creation: cache }
  await print(bench, [
    script([
      { ...write('a.txt', 'a'), usage },
      { thinking: 'Is it done?', text: 'Yes.' },
    ]),
  ])

  const billed = billedOf(bench.model.books())
  const told = await transcriptMessages(bench)
  expect(billed.map((entry) => entry.step)).toEqual([0, 1])
  expect([...told.keys()]).toEqual(billed.map((entry) => entry.messageId))
  for (const entry of billed) expect(told.get(entry.messageId)).toMatchObject({ model: entry.model, usage: entry.usage })
  expect(billed[0]?.usage).toEqual({ ...usage, cache_creation_input_tokens: 750 })
  expect(totalUsage(billed).cache_creation.ephemeral_1h_input_tokens).toBe(50)
})

test('several tools can be called in one turn', async () => {
  const tools = ['a.txt', 'b.txt'].map((file) => ({ tool: 'Write', input: { file_path: file, content: file } }))
  const printed = await print(bench, [script([{ text: 'Two files.', tools }, say('Both.')])])

  expect(printed.output).toBe('Both.\n')
  expect(await git(bench, 'status', '--short')).toBe('?? a.txt\n?? b.txt\n')
})

test('a subagent plays its own script and leaves its parent’s alone', async () => {
  const printed = await print(bench, [
    script([agent('Write a note', [write('note.txt', 'noted\n'), say('Noted.')]), say('Waiting.'), say('The agent is back.')]),
  ])

  expect(printed.output).toBe('Waiting.\n\nThe agent is back.\n')
  expect(await readFile(join(bench.repository, 'note.txt'), 'utf8')).toBe('noted\n')
  const steps = (mine: boolean) =>
    billedOf(bench.model.books()).flatMap((entry) => ((entry.agent === null) === mine ? [entry.step] : []))
  expect(steps(true)).toEqual([0, 1, 2])
  expect(steps(false)).toEqual([0, 1])
})

test('a resumed session goes on with its script, and a fork goes its own way', async () => {
  const id = randomUUID()
  const first = await print(bench, ['--session-id', id, script([say('One.'), say('Two.'), say('Three.')])])
  const second = await print(bench, ['--resume', id, 'Go on.'])
  const forked = await print(bench, ['--resume', id, '--fork-session', 'Go on.'])
  const third = await print(bench, ['--resume', id, 'Go on.'])

  const outputs = [first, second, forked, third].map((printed) => printed.output.trim())
  expect(outputs).toEqual(['One.', 'Two.', 'Three.', 'Three.'])
  const sessions = new Set(bench.model.books().map((entry) => entry.session))
  expect(sessions.size).toBe(2)
})

test('an overloaded model is asked again until it answers', async () => {
  const printed = await print(bench, [script([{ status: 529 }, say('Here I am.')])])

  expect(printed.output).toBe('Here I am.\n')
  const books = bench.model.books()
  expect(books.map((entry) => (entry.kind === 'refused' ? entry.status : entry.outcome))).toEqual([529, 'complete'])
})

test('a dropped stream is asked again, and its cost is in the books but not in the transcript', async () => {
  const printed = await print(bench, [script([{ drop: true }, say('A sentence that breaks off.'), say('Unplayed.')])])

  expect(printed.output).toBe('A sentence that breaks off.\n')
  const billed = billedOf(bench.model.books())
  expect(billed.map((entry) => [entry.step, entry.outcome])).toEqual([
    [0, 'dropped'],
    [0, 'complete'],
  ])
  expect([...(await transcriptMessages(bench)).keys()]).toEqual([billed[1]?.messageId])
})
