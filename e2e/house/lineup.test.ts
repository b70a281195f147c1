/** Who may run, and who begins with what: the line for room, forks and research sessions, in the real House with a quiet program for Claude Code. */

import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { RunningHouse } from '../../electron/compose.ts'
import { sessionStore } from '../../electron/composition/shelves.ts'
import { createRoster } from '../../electron/sessions/roster.ts'
import { openStore } from '../../electron/store/store.ts'
import type { Client } from '../../shared/client.ts'
import type { Session } from '../../shared/model/session.ts'
import { git } from '../demo/repository.ts'
import { until } from '../until.ts'
import { makeScene, value, type Scene } from './testing.ts'

/** Says its version; else writes down how it was started, and waits. It fails where a file says so. */
const QUIET = `#!/bin/sh
case "$1" in --version) echo "2.1.329 (Claude Code)"; exit 0;; esac
for word in "$@"; do printf '%s\\n' "$word"; done >"$HOME/started.$SLUICE_SESSION"
trap "exit 0" TERM HUP
while :; do sleep 1; done
`

let scene: Scene
let folder: string
let repository: string
let env: Record<string, string>
let house: RunningHouse
let client: Client
async function open(): Promise<void> {
  ;({ house, client } = await scene.open())
}

beforeEach(async () => {
  // Only the time of day: what waits goes by the clock that only grows.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
  scene = await makeScene(QUIET)
  ;({ folder, repository, env } = scene)
  await open()
})

afterEach(async () => {
  vi.useRealTimers()
  await house.close()
  await scene.remove()
})

const start = (name: string): Promise<Session> => value(client.call('session.start', { name, prompt: 'x' }))
const show = (name: string): Promise<Session> => value(client.call('session.show', { name }))
const most = (count: number): Promise<unknown> => value(client.call('config.set', { key: 'maxSessions', value: count }))
const runs = (name: string): Promise<Session> =>
  until(async () => {
    const session = await show(name)
    return session.pid === undefined ? null : session
  })
const words = async (name: string): Promise<readonly string[]> =>
  (await until(() => readFile(join(folder, 'home', `started.${name}`), 'utf8').catch(() => null))).trimEnd().split('\n')
/** The conversation of a session, as Claude Code would have written it by now. */
async function converse(session: Session): Promise<void> {
  const slug = join(folder, 'home', '.claude', 'projects', 'shop')
  await mkdir(slug, { recursive: true })
  await writeFile(join(slug, `${session.claudeSession}.jsonl`), '{}\n')
}

test('sessions beyond the limit wait in cascade order, with their worktrees, and start one by one as there is room', async () => {
  await most(1)
  await start('a')
  expect(await start('b')).toMatchObject({ state: 'starting', place: 1 })
  expect(await start('c')).toMatchObject({ state: 'starting', place: 2 })
  expect(await git(env, repository, 'worktree', 'list')).toContain('/c ')
  await value(client.call('session.move', { name: 'c', to: 1 }))
  expect([(await show('b')).place, (await show('c')).place]).toEqual([2, 1])
  expect(await client.call('session.resume', { name: 'c' })).toMatchObject({ failure: { code: 'already-running' } })
  await value(client.call('session.stop', { name: 'a' }))
  expect(await runs('c')).not.toHaveProperty('place')
  expect(await show('b')).toMatchObject({ state: 'starting', place: 1 })
  expect(await value(client.call('session.resume', { name: 'a' }))).toMatchObject({ state: 'starting', place: 1 })
  expect(await show('b')).toMatchObject({ place: 2 })
  await value(client.call('session.stop', { name: 'c' }))
  await runs('a')
  expect((await show('b')).pid).toBeUndefined()
})

test('a higher limit starts those that wait at once, and a lower one stops nobody', async () => {
  await most(1)
  for (const name of ['a', 'b', 'c', 'd']) await start(name)
  await most(3)
  await Promise.all(['b', 'c'].map(runs))
  await most(1)
  expect(await show('d')).toMatchObject({ state: 'starting', place: 1 })
  expect((await value(client.call('session.list', {}))).filter(({ pid }) => pid !== undefined)).toHaveLength(3)
})

test('one that waits can be stopped, keeps its worktree, and starts when it is resumed', async () => {
  await most(1)
  await start('a')
  await start('b')
  const stopped = await value(client.call('session.stop', { name: 'b' }))
  expect(stopped.state).toBe('exited')
  expect(stopped).not.toHaveProperty('place')
  await most(2)
  expect(await value(client.call('session.resume', { name: 'b' }))).toHaveProperty('pid')
})

test('the line survives the end of the host', async () => {
  await most(1)
  await start('a')
  await start('b')
  await start('c')
  await house.close()
  await open()
  await runs('a')
  expect([(await show('b')).place, (await show('c')).place]).toEqual([1, 2])
  await value(client.call('session.stop', { name: 'a' }))
  await runs('b')
  expect(await words('b')).toContain('x')
  expect(await show('c')).toMatchObject({ state: 'starting', place: 1 })
})

test('one that was about to run when the host was killed runs as it was asked to; one that was stopped in line does not', async () => {
  await most(1)
  await start('a')
  await start('b')
  await value(client.call('session.stop', { name: 'b' }))
  const { id } = await start('c')
  const { repository: shown } = await value(client.call('hello', {}))
  await house.close()
  // As a kill between the making of its worktree and its start leaves it: it has neither waited nor run.
  const opened = openStore({ dataDir: join(folder, 'data'), now: () => new Date() })
  if (!opened.ok) throw new Error(opened.failure.message)
  const roster = createRoster(sessionStore(opened.value.store), shown!.id)
  roster.apply({ kind: 'session-left-line', session: id })
  expect(roster.byId(id)).toMatchObject({ prepared: true, linedUp: null, exit: null, claudeSession: null })
  opened.value.store.close()
  await open()
  await most(4)
  await runs('c')
  expect((await words('c')).slice(-2)).toEqual(['--', 'x'])
  expect(await show('b')).toMatchObject({ state: 'exited' })
})

test('a clock that is set back a day loses nothing, starts nothing twice, and holds nobody in line', async () => {
  await most(1)
  await start('a')
  await start('b')
  vi.setSystemTime(Date.now() - 24 * 3600_000)
  await value(client.call('session.stop', { name: 'a' }))
  await runs('b')
  await house.close()
  vi.setSystemTime(Date.now() - 24 * 3600_000)
  await open()
  await runs('b')
  await start('c')
  expect(await show('c')).toMatchObject({ state: 'starting', place: 1 })
  expect(await show('a')).toMatchObject({ state: 'exited' })
  const events = await value(client.call('events.list', { limit: 10_000 }))
  expect(events.map(({ seq }) => seq)).toEqual(events.map(({ seq }) => seq).toSorted((x, y) => x - y))
  const launched = events.filter(({ kind, session }) => kind === 'session-launched' && session !== undefined)
  const { id: a } = await show('a')
  expect(launched.filter(({ session }) => session === a)).toHaveLength(1)
  // Once before the end of the host and once after it.
  expect(launched).toHaveLength(3)
})

test('sessions that wait for room are no tie to their repository: those that run are named, and that the others would follow', async () => {
  const other = join(folder, 'other')
  await git(env, folder, 'clone', '--quiet', repository, other)
  await most(1)
  await start('a')
  await start('b')
  const refused = await client.call('repository.open', { path: other })
  expect(refused).toMatchObject({ failure: { code: 'sessions-running' } })
  expect(refused.ok ? '' : refused.failure.message).toMatch(/another one: “a”\. Stop those that wait for room first.*: “b”\./u)
  await value(client.call('session.stop', { name: 'b' }))
  await value(client.call('session.stop', { name: 'a' }))
  expect(await value(client.call('repository.open', { path: other }))).toMatchObject({ path: other })
})

test('one that cannot be started when its turn comes says why', async () => {
  await most(1)
  await start('a')
  await start('b')
  await writeFile(join(folder, 'claude'), '#!/bin/sh\necho "2.0.0 (Claude Code)"\n')
  await value(client.call('session.stop', { name: 'a' }))
  const failed = await until(async () => {
    const session = await show('b')
    return session.state === 'crashed' ? session : null
  })
  expect(failed.cutOff).toContain('2.0.0')
  expect(failed).not.toHaveProperty('place')
})

test('a fork begins with the conversation of the first, under an id of its own, at the commit that the first is at', async () => {
  const first = await start('login')
  expect(await client.call('session.fork', { name: 'login' })).toMatchObject({ failure: { code: 'no-conversation' } })
  await converse(first)
  await writeFile(join(first.worktree, 'a.txt'), 'a\n')
  await git(env, first.worktree, 'add', '--all')
  await git(env, first.worktree, 'commit', '--quiet', '--message=A')
  await writeFile(join(first.worktree, 'b.txt'), 'b\n')
  const fork = await value(client.call('session.fork', { name: 'login' }))
  expect(fork).toMatchObject({ name: 'login-2', forkedFrom: first.id, branch: 'sluice/login-2' })
  expect(fork.claudeSession).not.toBe(first.claudeSession)
  const head = await git(env, first.worktree, 'rev-parse', 'HEAD')
  expect(await show('login-2')).toMatchObject({ head, ahead: 1, dirty: false })
  const given = await words('login-2')
  expect(given.slice(0, 5)).toEqual(['--resume', first.claudeSession, '--fork-session', '--session-id', fork.claudeSession])
  expect(given).not.toContain('--')
  expect(await client.call('session.fork', { name: 'login', to: 'login-2' })).toMatchObject({ failure: { code: 'name-taken' } })
  await value(client.call('session.fork', { name: 'login', to: 'other', prompt: 'Try it otherwise.' }))
  expect((await words('other')).slice(-2)).toEqual(['--', 'Try it otherwise.'])
})

test('a research session reads the main checkout, and every verb of landing refuses it', async () => {
  const research = await value(client.call('session.start', { name: 'why', prompt: 'x', research: true }))
  expect(research).toMatchObject({ research: true, worktree: repository, branch: 'main', permissionMode: 'plan', scope: [] })
  expect(await git(env, repository, 'worktree', 'list')).not.toContain('shop.worktrees')
  expect(await git(env, repository, 'for-each-ref', '--format=%(refname:short)', 'refs/heads')).toBe('main')
  const given = await words('why')
  expect(given[given.indexOf('--permission-mode') + 1]).toBe('plan')
  expect(given[given.indexOf('--settings') + 1]).toContain('"deny":["Edit","Write"')
  const refused = { failure: { code: 'research', message: expect.stringContaining('“why”') } }
  expect(await client.call('session.approve', { name: 'why' })).toMatchObject(refused)
  expect(await client.call('queue.add', { name: 'why' })).toMatchObject(refused)
  expect(await client.call('queue.retry', { name: 'why' })).toMatchObject(refused)
  expect(await client.call('diff.files', { name: 'why', of: 'branch' })).toMatchObject(refused)
  expect(await client.call('diff.patch', { name: 'why', of: 'uncommitted' })).toMatchObject(refused)
  await writeFile(join(repository, 'file.txt'), 'changed by the user\n')
  expect(await show('why')).toMatchObject({ dirty: false, files: 0, ahead: 0 })
  expect(await value(client.call('overlap.list', {}))).toEqual({ pairs: [], outOfScope: [] })
  for (const wrong of [{ from: 'main' }, { scope: ['src'] }]) {
    const answer = await client.call('session.start', { name: 'no', prompt: 'x', research: true, ...wrong })
    expect(answer).toMatchObject({ ok: false, failure: { code: expect.stringMatching(/^bad-(ref|scope)$/u) } })
  }
  await value(client.call('session.stop', { name: 'why' }))
  expect(await value(client.call('session.resume', { name: 'why' }))).toMatchObject({ research: true, worktree: repository })
  expect(await client.call('session.pause', { name: 'why' })).toMatchObject(refused)
  expect(await value(client.call('session.leavings', { name: 'why' }))).toMatchObject({ uncommitted: [], running: true })
  expect(await value(client.call('session.archive', { name: 'why' }))).toMatchObject({ state: 'archived', dirty: false })
  expect(await readFile(join(repository, 'file.txt'), 'utf8')).toBe('changed by the user\n')
  expect(await value(client.call('session.restore', { name: 'why' }))).toMatchObject({ state: 'exited', worktree: repository })
  expect(await git(env, repository, 'branch', '--show-current')).toBe('main')
})

test('the history is filtered by session, repository and kind, and paged from its end', async () => {
  const first = await start('a')
  await start('b')
  await value(client.call('session.rename', { name: 'a', to: 'cart' }))
  const of = await value(client.call('events.list', { session: 'a' }))
  expect(of.length).toBeGreaterThan(3)
  expect(new Set(of.map(({ session }) => session))).toEqual(new Set([first.id]))
  expect(await value(client.call('events.list', { session: first.id }))).toEqual(of)
  const kinds = ['session-started', 'session-renamed']
  const some = await value(client.call('events.list', { kinds, here: true }))
  expect(some.map(({ kind }) => kind)).toEqual(['session-started', 'session-started', 'session-renamed'])
  const all = await value(client.call('events.list', {}))
  const newest = await value(client.call('events.list', { before: 1_000_000, limit: 2 }))
  expect(newest).toEqual(all.toReversed().slice(0, 2))
  expect(await value(client.call('events.list', { before: newest[1]!.seq, limit: 1 }))).toEqual([all.at(-3)])
  expect(await value(client.call('events.list', { kinds: [] }))).toEqual([])
})
