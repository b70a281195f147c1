/** What the user says to a session's work, in the real House with a quiet program for Claude Code: kept over restarts, quoted by the host, gone with nothing else. */

import { mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createMemoryCarrier } from '../../electron/bridge/memory.ts'
import type { RunningHouse } from '../../electron/compose.ts'
import { reviewRecord } from '../../electron/review/record.ts'
import { openStore } from '../../electron/store/store.ts'
import type { Client } from '../../shared/client.ts'
import type { Comment, CommentDraft, Review, Summary } from '../../shared/model/review.ts'
import type { Session } from '../../shared/model/session.ts'
import { git } from '../demo/repository.ts'
import { until } from '../until.ts'
import { makeScene, value, type Scene } from './testing.ts'

let scene: Scene
let house: RunningHouse
let client: Client
let cart: Session

const lines = (...all: readonly string[]): string => all.map((line) => `${line}\n`).join('')
const run = (where: string, ...args: string[]): Promise<string> => git(scene.env, where, ...args)

async function commit(where: string, files: Readonly<Record<string, string>>, message = 'Work'): Promise<string> {
  for (const [name, content] of Object.entries(files)) await writeFile(join(where, name), content)
  await run(where, 'add', '--all')
  await run(where, 'commit', '--quiet', '--allow-empty', `--message=${message}`)
  return (await run(where, 'rev-parse', 'HEAD')).trim()
}

async function reopen(): Promise<void> {
  await house.close()
  ;({ house, client } = await scene.open())
}

const show = (name = 'cart'): Promise<Review> => value(client.call('review.show', { name }))
const say = (comment: Partial<CommentDraft> & Pick<CommentDraft, 'head'>, of: 'branch' | 'uncommitted' = 'branch') =>
  client.call('review.comment', { name: 'cart', of, comment: { path: 'file.txt', lines: null, text: 'Why?', ...comment } })
const at = (start: number, end = start, side: 'new' | 'old' = 'new') => ({ side, start, end })

beforeEach(async () => {
  scene = await makeScene(undefined, { 'file.txt': lines('one', 'two', 'three'), 'other.txt': 'other\n' })
  ;({ house, client } = await scene.open())
  cart = await value(client.call('session.start', { name: 'cart', prompt: 'x' }))
  await value(client.call('session.stop', { name: 'cart' }))
})

afterEach(async () => {
  await house.close()
  await scene.remove()
})

test('comments are quoted by the host, follow their lines, and survive a restart', async () => {
  const head = await commit(cart.worktree, { 'file.txt': lines('one', 'TWO', 'three') })
  const kept: Comment = await value(say({ head, lines: at(2, 3), suggestion: 'two!' }))
  expect(kept).toMatchObject({ quoted: ['TWO', 'three'], state: 'draft', changed: 'no', now: at(2, 3), suggestion: 'two!' })
  const gone: Comment = await value(say({ head, lines: at(2, 2, 'old') }))
  expect(gone.quoted).toEqual(['two'])
  const whole: Comment = await value(say({ head, path: null }))

  await writeFile(join(cart.worktree, 'file.txt'), lines('zero', 'one', 'TWO', 'three'))
  await reopen()
  expect((await show()).comments).toMatchObject([
    { id: kept.id, changed: 'no', now: at(3, 4), quoted: ['TWO', 'three'] },
    { id: gone.id, changed: 'no', now: at(2, 2, 'old') },
    { id: whole.id, changed: 'no', now: null },
  ])
  await writeFile(join(cart.worktree, 'file.txt'), lines('one', 'too', 'three'))
  expect((await show()).comments[0]).toMatchObject({ changed: 'yes', now: null })
  await rm(join(cart.worktree, 'file.txt'))
  expect((await show()).comments[0]).toMatchObject({ changed: 'gone', now: null })
  // An archived session keeps what was said of it.
  await value(client.call('session.archive', { name: 'cart' }))
  expect((await show()).comments).toMatchObject([{ changed: 'no', now: at(2, 3) }, { changed: 'no' }, { changed: 'no' }])
})

test('a comment on lines that are not there is refused; one that is sent or gone cannot be changed', async () => {
  const head = await commit(cart.worktree, { 'file.txt': lines('one', 'TWO', 'three') })
  for (const wrong of [at(3, 4), at(3, 2), at(9)])
    expect(await say({ head, lines: wrong })).toMatchObject({ failure: { code: 'no-such-lines' } })
  for (const path of ['none.txt', '../file.txt', '/etc/passwd', 'file.txt/x', '.git'])
    expect(await say({ head, path, lines: at(1) })).toMatchObject({ failure: { code: 'no-such-lines' } })
  expect(await say({ head, id: 'unknown' })).toMatchObject({ failure: { code: 'no-comment' } })

  const kept: Comment = await value(say({ head, lines: at(2) }))
  const changed: Comment = await value(say({ head, id: kept.id, lines: at(2), text: 'Really?' }))
  expect(changed).toEqual({ ...kept, text: 'Really?' })
  await value(client.call('review.resolve', { name: 'cart', id: kept.id, resolved: true }))
  expect(await say({ head, id: kept.id, text: 'Late.' })).toMatchObject({ failure: { code: 'no-comment' } })
  await value(client.call('review.delete-comment', { name: 'cart', id: kept.id }))
  expect(await client.call('review.delete-comment', { name: 'cart', id: kept.id })).toMatchObject({
    failure: { code: 'no-comment' },
  })
  expect(await client.call('review.send', { name: 'cart' })).toMatchObject({ failure: { code: 'nothing-to-send' } })
})

test('a link that leads out of the worktree is never read', async () => {
  await run(cart.worktree, 'commit', '--quiet', '--allow-empty', '--message=Head')
  const head = (await run(cart.worktree, 'rev-parse', 'HEAD')).trim()
  const secret = join(scene.folder, 'secret')
  await mkdir(secret)
  await writeFile(join(secret, 'key.txt'), 'secret\n')
  await run(cart.worktree, 'config', 'core.symlinks', 'true')
  await symlink(secret, join(cart.worktree, 'out'))
  await symlink(join(secret, 'key.txt'), join(cart.worktree, 'key.txt'))
  expect(await say({ head, path: 'out/key.txt', lines: at(1) }, 'uncommitted')).toMatchObject({
    failure: { code: 'no-such-lines' },
  })
  // The content of a link is where it leads to.
  const link: Comment = await value(say({ head, path: 'key.txt', lines: at(1) }, 'uncommitted'))
  expect(link.quoted).toEqual([join(secret, 'key.txt')])
})

test('viewed files stay viewed over a restart and a rebase, until their own change is another one', async () => {
  const long = (first: readonly string[], last: string): string => lines(...first, ...'abcdefgh', last)
  await commit(scene.repository, { 'file.txt': long(['one'], 'last') }, 'Long')
  await run(cart.worktree, 'reset', '--quiet', '--keep', 'main')
  await commit(cart.worktree, { 'file.txt': long(['one'], 'LAST'), 'other.txt': 'OTHER\n' })
  const viewed = async (): Promise<readonly string[]> => {
    const { files } = await value(client.call('diff.files', { name: 'cart', of: 'branch' }))
    return files.filter((file) => file.viewed).map(({ path }) => path)
  }
  await value(client.call('review.view', { name: 'cart', of: 'branch', paths: ['file.txt', 'other.txt'], viewed: true }))
  expect(await viewed()).toEqual(['file.txt', 'other.txt'])
  await commit(scene.repository, { 'file.txt': long(['zero', 'one'], 'last') }, 'Target')
  await run(cart.worktree, 'rebase', '--quiet', 'main')
  await reopen()
  expect(await viewed()).toEqual(['file.txt', 'other.txt'])
  await commit(cart.worktree, { 'file.txt': long(['zero', 'one'], 'THE LAST') })
  expect(await viewed()).toEqual(['other.txt'])
  expect((await show()).readiness.find(({ kind }) => kind === 'unviewed')).toMatchObject({ level: 'warns', files: ['file.txt'] })
  await value(client.call('review.view', { name: 'cart', of: 'branch', paths: ['other.txt'], viewed: false }))
  expect(await viewed()).toEqual([])
})

test('what came after the commit on show is not viewed, whenever the click arrives', async () => {
  const seen = await commit(cart.worktree, { 'file.txt': lines('one', 'TWO', 'three'), 'other.txt': 'another\n' })
  await commit(cart.worktree, { 'file.txt': lines('one', 'TWO', 'THREE') })
  const paths = ['file.txt', 'other.txt']
  await value(client.call('review.view', { name: 'cart', of: 'branch', paths, viewed: true, head: seen }))
  const { files } = await value(client.call('diff.files', { name: 'cart', of: 'branch' }))
  expect(files).toMatchObject([
    { path: 'file.txt', viewed: false },
    { path: 'other.txt', viewed: true },
  ])
})

test('what the user looked at is kept, and every change of a review is told', async () => {
  const head = await commit(cart.worktree, { 'file.txt': lines('one') })
  const told: string[] = []
  createMemoryCarrier(house).listen({
    changes: ({ changes }) => told.push(...changes.flatMap((change) => (change.kind === 'review' ? [change.session] : []))),
    frame: () => undefined,
    status: () => undefined,
  })
  await value(client.call('review.looked', { name: 'cart', head }))
  await until(async () => (told.length > 0 ? told : null))
  expect(told).toEqual([cart.id])
  await reopen()
  expect((await show()).looked).toMatchObject({ head })
})

test('the summary has the commits of the session, oldest first, the newest of very many, and what it said last', async () => {
  await commit(scene.repository, { 'target.txt': 'x\n' }, 'Not its own')
  await commit(cart.worktree, { 'file.txt': lines('1') }, 'First\n\nWith a body:\n\n- and a list')
  await commit(cart.worktree, { 'file.txt': lines('2') }, 'Second “ünïcödé”')
  const record = (id: string, text: string, more: object = {}) =>
    JSON.stringify({ type: 'assistant', message: { id, model: 'm', content: [{ type: 'text', text }] }, ...more })
  const slug = join(scene.folder, 'home', '.claude', 'projects', 'shop')
  await mkdir(slug, { recursive: true })
  const conversation = lines(
    record('1', 'First words.'),
    record('2', 'All'),
    record('2', 'done.'),
    record('3', 'A subagent.', { isSidechain: true }),
    '{"type":"assistant","message":{"id":"4","content":[{"type":"tool_use"}]}}',
    'no json',
  )
  await writeFile(join(slug, `${cart.claudeSession}.jsonl`), conversation)
  const summary: Summary = await value(client.call('review.summary', { name: 'cart' }))
  expect(summary.commits).toMatchObject([
    { subject: 'First', body: 'With a body:\n\n- and a list', author: 'Ada' },
    { subject: 'Second “ünïcödé”', body: '' },
  ])
  expect(summary.message).toBe('All\n\ndone.')
  expect(summary).not.toHaveProperty('earlier')

  const from = (await run(cart.worktree, 'rev-parse', 'HEAD')).trim()
  const stream = Array.from({ length: 2000 }, (_none, n) => {
    const parent = n === 0 ? `from ${from}\n` : ''
    return `commit refs/heads/sluice/cart\nmark :${n + 1}\ncommitter Ada <a@b> ${1_800_000_000 + n} +0000\ndata <<E\nCommit ${n}\nE\n${parent}\n`
  })
  await writeFile(join(scene.folder, 'stream'), stream.join(''))
  await run(scene.repository, 'config', 'alias.load', `!git fast-import --quiet <"${join(scene.folder, 'stream')}"`)
  await run(scene.repository, 'load')
  const long: Summary = await value(client.call('review.summary', { name: 'cart' }))
  expect(long.commits).toHaveLength(500)
  expect(long.earlier).toBe(1502)
  expect([long.commits[0]?.subject, long.commits.at(-1)?.subject]).toEqual(['Commit 1500', 'Commit 1999'])
})

test('what another session found becomes drafts, once for each of its messages, also after a restart', async () => {
  const head = await commit(cart.worktree, { 'file.txt': lines('one', 'TWO', 'three') })
  const reviewer: Session = await value(client.call('review.hand', { name: 'cart' }))
  expect(reviewer).toMatchObject({ name: 'review-cart', research: true, permissionMode: 'plan' })
  expect(reviewer.prompt).toContain(`..${head}`)
  await value(client.call('session.stop', { name: 'review-cart' }))
  const slug = join(scene.folder, 'home', '.claude', 'projects', 'shop')
  await mkdir(slug, { recursive: true })
  const written: string[] = []
  const answer = async (id: string, ...findings: readonly string[]): Promise<void> => {
    const text = ['I read it.', '```', ...findings, '```'].join('\n')
    written.push(JSON.stringify({ type: 'assistant', message: { id, content: [{ type: 'text', text }] } }))
    await writeFile(join(slug, `${reviewer.claudeSession}.jsonl`), lines(...written))
  }
  await house.close()
  await answer('m1', 'file.txt:2: Too loud.', 'other.txt:1: Not its file.', 'file.txt:99: No such line.')
  ;({ house, client } = await scene.open())
  const found = await until(async () => {
    const { comments } = await show()
    return comments.length === 0 ? null : comments
  })
  expect(found).toMatchObject([
    { path: 'file.txt', lines: at(2), quoted: ['TWO'], text: 'Too loud.', by: 'review-cart', state: 'draft', changed: 'no' },
    { path: null, lines: null, text: 'other.txt:1: Not its file.' },
    { path: 'file.txt', lines: null, text: 'Line 99: No such line.', changed: 'no' },
  ])
  await value(client.call('session.rename', { name: 'review-cart', to: 'second-eyes' }))
  await reopen()
  expect((await show()).comments).toMatchObject(found.map(({ id }) => ({ id, by: 'second-eyes' })))
  // Its next message is another review; the first one is not read again.
  await house.close()
  await answer('m2', 'file.txt:1: One more.')
  ;({ house, client } = await scene.open())
  const more = await until(async () => {
    const { comments } = await show()
    return comments.length > 3 ? comments : null
  })
  expect(more.map(({ text }) => text)).toEqual([...found.map(({ text }) => text), 'One more.'])
  const events = await value(client.call('events.list', { session: 'cart', kinds: ['review-handed', 'review-found'] }))
  expect(events).toMatchObject([
    { kind: 'review-handed', to: reviewer.id },
    { kind: 'review-found', comments: 3 },
    { kind: 'review-found', comments: 1 },
  ])
})

test('a review whose prompt arrived while Sluice was not there is sent all the same', async () => {
  const head = await commit(cart.worktree, { 'file.txt': lines('one', 'TWO', 'three') })
  const kept: Comment = await value(say({ head, lines: at(2) }))
  const { text } = await value(client.call('review.compose', { name: 'cart' }))
  await house.close()
  const began = new Date().toISOString()
  const opened = openStore({ dataDir: join(scene.folder, 'data'), now: () => new Date() })
  if (!opened.ok) throw new Error(opened.failure.message)
  const { store } = opened.value
  const shelf = store.tables.reviews.of(reviewRecord)
  store.record([], () => shelf.put(cart.id, { ...shelf.get(cart.id)!, sending: { text, ids: [kept.id], at: began } }))
  store.close()
  const slug = join(scene.folder, 'home', '.claude', 'projects', 'shop')
  await mkdir(slug, { recursive: true })
  const written = { type: 'user', timestamp: new Date().toISOString(), message: { content: text } }
  await writeFile(join(slug, `${cart.claudeSession}.jsonl`), lines(JSON.stringify(written)))
  ;({ house, client } = await scene.open())
  await until(async () => ((await show()).comments[0]?.state === 'sent' ? true : null))
  const events = await value(client.call('events.list', { session: 'cart', kinds: ['review-sent'] }))
  expect(events).toMatchObject([{ kind: 'review-sent', comments: 1 }])
})

test('a review that is sent twice at once, as from two windows, is one prompt', async () => {
  const head = await commit(cart.worktree, { 'file.txt': lines('one', 'TWO', 'three') })
  await value(say({ head, lines: at(2) }))
  const answers = await Promise.all([1, 2, 3].map(() => client.call('review.send', { name: 'cart' })))
  expect(answers).toMatchObject([{ ok: true }, { ok: true }, { ok: true }])
  expect((await show()).comments).toMatchObject([{ state: 'sent' }])
  expect(await value(client.call('events.list', { session: 'cart', kinds: ['review-sent'] }))).toHaveLength(1)
  expect(await client.call('review.send', { name: 'cart' })).toMatchObject({ failure: { code: 'nothing-to-send' } })
})

test('a clash with a session that stands before it warns and names that one', async () => {
  await value(client.call('session.start', { name: 'docs', prompt: 'x' }))
  const docs = await value(client.call('session.stop', { name: 'docs' }))
  await commit(cart.worktree, { 'file.txt': lines('one', 'cart', 'three') })
  await commit(docs.worktree, { 'file.txt': lines('one', 'docs', 'three') })
  const clashOf = async (name: string) =>
    (await show(name)).readiness.find(({ kind, level }) => kind === 'conflict' && level !== 'good')
  const clash = await until(async () => (await clashOf('docs')) ?? null)
  expect(clash).toMatchObject({ level: 'warns', text: expect.stringContaining('“cart”') as string, files: ['file.txt'] })
  // Who lands first meets nobody.
  expect(await clashOf('cart')).toBeUndefined()
})

test('a session without work is handed to nobody, and a research session has no review', async () => {
  expect(await client.call('review.hand', { name: 'cart' })).toMatchObject({ failure: { code: 'empty' } })
  await value(client.call('session.start', { name: 'why', prompt: 'x', research: true }))
  for (const call of ['review.show', 'review.summary', 'review.hand'] as const)
    expect(await client.call(call, { name: 'why' })).toMatchObject({ failure: { code: 'research' } })
})
