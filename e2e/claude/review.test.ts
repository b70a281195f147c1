/** A review with the real Claude Code: it arrives byte for byte and is sent only then, also in an ended session; another session's findings come back. */

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Comment, Review } from '../../shared/model/review.ts'
import { git } from '../demo/repository.ts'
import { say, script } from '../model/scripts.ts'
import { until } from '../model/testing.ts'
import { openClaudeHouse, type ClaudeHouse, type Life } from './house.ts'

vi.setConfig({ testTimeout: 900_000, hookTimeout: 300_000, maxConcurrency: 4 })

let house: ClaudeHouse

beforeAll(async () => {
  house = await openClaudeHouse()
})

afterAll(async () => {
  await house.close()
})

const CODE = Array.from(
  { length: 300 },
  (_none, at) => `  const line${at} = \`${'x'.repeat(at % 40)}\` // “ünïcödé” 日本語 $HOME`,
)

/** A session with a commit; gives the commit. */
async function withWork(name: string): Promise<{ readonly life: Life; readonly head: string }> {
  const life = await house.start(name, [say('Hello.')])
  await life.becomes('idle')
  await writeFile(join(life.session.worktree, `${name}.ts`), `${CODE.join('\n')}\n`)
  await git(house.home.env, life.session.worktree, 'add', '--all')
  await git(house.home.env, life.session.worktree, 'commit', '--quiet', '--message=Work')
  const head = (await git(house.home.env, life.session.worktree, 'rev-parse', 'HEAD')).trim()
  return { life, head }
}

const show = async (name: string): Promise<Review> => (await house.call('review.show', { name })) as Review
const states = async (name: string): Promise<readonly string[]> => (await show(name)).comments.map(({ state }) => state)

async function comment(name: string, head: string, start: number, text: string): Promise<Comment> {
  const lines = { side: 'new', start, end: start + 40 } as const
  const draft = { path: `${name}.ts`, lines, text, head }
  return (await house.call('review.comment', { name, of: 'branch', comment: draft })) as Comment
}

/** The prompts that Claude Code says it was given. */
async function given(life: Life): Promise<readonly string[]> {
  const log = await readFile(join(house.folder, 'data', 'sessions', life.id, 'hooks.jsonl'), 'utf8')
  const hooks = log.split('\n').filter((line) => line !== '')
  return hooks
    .map((line) => JSON.parse(line) as { hook_event_name: string; prompt: string })
    .filter((hook) => hook.hook_event_name === 'UserPromptSubmit')
    .map(({ prompt }) => prompt)
}

async function composed(name: string): Promise<string> {
  return ((await house.call('review.compose', { name })) as { text: string }).text
}

test.concurrent('a review of 20 kB arrives byte for byte; its drafts are sent, and the approval is withdrawn', async () => {
  const { life, head } = await withWork('cart')
  await house.call('session.approve', { name: 'cart' })
  await life.when(({ approved }) => approved)
  for (const start of [200, 1, 50, 100]) await comment('cart', head, start, `${'Why is this so? '.repeat(250)}See ${start}.`)
  const text = await composed('cart')
  expect(Buffer.byteLength(text)).toBeGreaterThan(20_000)
  expect(await states('cart')).toEqual(['draft', 'draft', 'draft', 'draft'])
  expect(await house.call('review.send', { name: 'cart' })).toMatchObject({ approved: false })
  expect((await given(life)).at(-1)).toBe(text)
  expect(await states('cart')).toEqual(['sent', 'sent', 'sent', 'sent'])
  await until(life.events, (events) => events.some(({ kind, comments }) => kind === 'review-sent' && comments === 4))
  await life.becomes('idle')
})

test.concurrent('a review starts an ended session again, and is what it goes on with', async () => {
  const { life, head } = await withWork('ended')
  await house.call('session.stop', { name: 'ended' })
  await comment('ended', head, 3, 'Once is enough.')
  const text = await composed('ended')
  await house.call('review.send', { name: 'ended' })
  expect(await states('ended')).toEqual(['sent'])
  await until(
    () => given(life),
    (prompts) => prompts.at(-1) === text,
  )
  await life.becomes('idle')
})

test.concurrent('where the user has begun to type, drafts stay drafts until the prompt has arrived', async () => {
  const { life, head } = await withWork('typing')
  await comment('typing', head, 3, 'Once is enough.')
  life.type('half a thought')
  expect(await house.client.call('review.send', { name: 'typing' })).toMatchObject({ failure: { code: 'draft' } })
  expect(await states('typing')).toEqual(['draft'])
  const text = await composed('typing')
  const waiting = await house.call('review.send', { name: 'typing', wait: true })
  expect(waiting).toMatchObject({ unsent: { text, waits: true } })
  expect(await states('typing')).toEqual(['draft'])
  life.type('\r')
  await until(
    () => states('typing'),
    ([state]) => state === 'sent',
  )
  expect((await given(life)).slice(-2)).toEqual(['half a thought', text])
})

test.concurrent('another session reviews the branch, and what it finds becomes drafts, once', async () => {
  const { head } = await withWork('handed')
  const reviewer = (await house.call('review.hand', { name: 'handed', model: 'sonnet' })) as { name: string; id: string }
  const stateOf = async (): Promise<string> =>
    ((await house.call('session.show', { name: reviewer.name })) as { state: string }).state
  await until(stateOf, (state) => state === 'idle')
  expect(house.model.books().some(({ prompt }) => prompt.includes(`git log `) && prompt.includes(`..${head}`))).toBe(true)
  expect((await show('handed')).comments).toEqual([])
  const answer = 'I read it.\n\n```\nhanded.ts:2: It is never used.\nREADME.md:1: Not part of it.\n```\n'
  await house.call('session.send', { name: reviewer.name, text: script([say(answer)]) })
  const found = await until(
    async () => (await show('handed')).comments,
    ({ length }) => length > 0,
  )
  expect(found).toMatchObject([
    { path: 'handed.ts', lines: { side: 'new', start: 2, end: 2 }, quoted: [CODE[1]], by: reviewer.name, state: 'draft' },
    { path: null, lines: null, text: 'README.md:1: Not part of it.' },
  ])
  // The next turn says nothing new: the same findings do not come twice.
  await house.call('session.send', { name: reviewer.name, text: script([say('That was all.')]) })
  await until(stateOf, (state) => state === 'idle')
  expect((await show('handed')).comments).toHaveLength(2)
  // Its own last words are the summary of a session.
  const summary = (await house.call('review.summary', { name: 'handed' })) as { message: string }
  expect(summary.message).toBe('Hello.')
})
