/** The real House without a wire: what a page projects from a snapshot and changes is what the House knows, whenever it connects. */

import { mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RunningHouse } from '../../electron/compose.ts'
import { createMemoryCarrier } from '../../electron/bridge/memory.ts'
import { createTrap, WAYS_IN } from '../../electron/git/testing/hostile.ts'
import { createRepository } from '../../electron/git/testing/repository.ts'
import { createClient, type Client } from '../../shared/client.ts'
import type { Changes, Snapshot } from '../../shared/contract.ts'
import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import { git } from '../demo/repository.ts'
import { until } from '../until.ts'
import { makeScene, value, type Scene } from './testing.ts'

let scene: Scene
let folder: string
let repository: string
let env: Record<string, string>
let house: RunningHouse

const open = (): Promise<RunningHouse> => scene.compose()

beforeEach(async () => {
  scene = await makeScene()
  ;({ folder, repository, env } = scene)
  ;({ house } = await scene.open())
})

afterEach(async () => {
  await house.close()
  await scene.remove()
})

type Watcher = { readonly client: Client; readonly batches: Changes[]; close(): void }

function watch(): Watcher {
  const carrier = createMemoryCarrier(house)
  const batches: Changes[] = []
  carrier.listen({ changes: (batch) => batches.push(batch), frame: () => undefined, status: () => undefined })
  return { client: createClient(carrier), batches, close: () => carrier.close() }
}

/** The sessions and the queue as a page would have them after these changes. */
function after(snapshot: Snapshot, batches: readonly Changes[]): { sessions: unknown; queue: unknown; seq: number } {
  const sessions = new Map(snapshot.sessions.map((session) => [session.id, session]))
  let { queue, seq } = snapshot
  for (const { first, changes } of batches) {
    for (const [index, change] of changes.entries()) {
      if (first + index <= snapshot.seq) continue
      expect(first + index).toBe(seq + 1)
      seq = first + index
      if (change.kind === 'session') sessions.set(change.session.id, change.session)
      if (change.kind === 'session-gone') sessions.delete(change.id)
      if (change.kind === 'queue') queue = change.entries
    }
  }
  return { sessions: [...sessions.values()].toSorted((a, b) => a.order - b.order), queue, seq }
}

async function landed(client: Client, name: string): Promise<void> {
  await until(async () => {
    const entry = (await value(client.call('queue.list', {}))).find((one) => one.session === name)
    if (entry?.phase === 'blocked') throw new Error(entry.message)
    return entry?.phase === 'landed' ? entry : null
  })
}

test('whoever connects, and whenever, ends up with the same picture: nothing lost, nothing twice', async () => {
  const first = watch()
  const start = await value(first.client.call('hello', {}))
  const watchers: { snapshot: Snapshot; watcher: Watcher }[] = [{ snapshot: start, watcher: first }]
  const joinNow = async (): Promise<void> => {
    const watcher = watch()
    watchers.push({ watcher, snapshot: await value(watcher.client.call('hello', {})) })
  }
  for (const name of ['a', 'b', 'c']) {
    const starting = first.client.call('session.start', { name, prompt: 'x' })
    await joinNow()
    const session = await value(starting)
    await writeFile(join(session.worktree, `${name}.txt`), `${name}\n`)
    await git(env, session.worktree, 'add', '--all')
    await git(env, session.worktree, 'commit', '--quiet', `--message=${name}`)
    await value(first.client.call('session.approve', { name }))
    await value(first.client.call('queue.add', { name }))
    await joinNow()
    await landed(first.client, name)
  }
  await joinNow()
  const settled = await until(async () => {
    const truth = await value(first.client.call('hello', {}))
    const pictures = watchers.map(({ snapshot, watcher }) => after(snapshot, watcher.batches))
    const wanted = { sessions: truth.sessions, queue: truth.queue, seq: truth.seq }
    return pictures.every((picture) => isDeepStrictEqual(picture, wanted)) ? truth : null
  })
  expect(settled.sessions.map((session) => session.name)).toEqual(['a', 'b', 'c'])
  expect(settled.queue.map((entry) => entry.phase)).toEqual(['landed', 'landed', 'landed'])
  expect(await git(env, repository, 'log', '--format=%s')).toBe('c\nb\na\nFirst')
  for (const { watcher } of watchers) watcher.close()
})

test('six sessions that start at once all have a worktree; five run, and one waits for room', async () => {
  const { client } = watch()
  await value(client.call('config.set', { key: 'maxSessions', value: 5 }))
  const answers = await Promise.all(
    ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => client.call('session.start', { name, prompt: 'x' })),
  )
  expect(answers.map(({ ok }) => ok)).toEqual(Array.from({ length: 6 }, () => true))
  const sessions = await value(client.call('session.list', {}))
  expect(sessions.map(({ pid }) => pid === undefined).toSorted()).toEqual([false, false, false, false, false, true])
  expect(sessions.find(({ pid }) => pid === undefined)).toMatchObject({ state: 'starting', place: 1 })
  expect((await git(env, repository, 'worktree', 'list')).split('\n')).toHaveLength(7)
})

test('two sessions of one name that start at once are one session', async () => {
  const { client } = watch()
  const answers = await Promise.all(['twin', 'Twin'].map((name) => client.call('session.start', { name, prompt: 'x' })))
  expect(answers.map((answer) => (answer.ok ? 'ok' : answer.failure.code)).toSorted()).toEqual(['name-taken', 'ok'])
})

test('a session that comes to need a commit nobody approved cannot land', async () => {
  const { client } = watch()
  const session = await value(client.call('session.start', { name: 'a', prompt: 'x' }))
  expect(await client.call('queue.add', { name: 'a' })).toMatchObject({ failure: { code: 'empty' } })
  await writeFile(join(session.worktree, 'new.txt'), 'new\n')
  expect(await client.call('session.approve', { name: 'a' })).toMatchObject({ failure: { code: 'dirty' } })
  await git(env, session.worktree, 'add', '--all')
  await git(env, session.worktree, 'commit', '--quiet', '--message=New')
  expect(await client.call('queue.add', { name: 'a' })).toMatchObject({ failure: { code: 'not-approved' } })
  await value(client.call('session.approve', { name: 'a' }))
  await git(env, session.worktree, 'commit', '--quiet', '--allow-empty', '--message=More')
  expect((await value(client.call('session.show', { name: 'a' }))).approved).toBe(false)
  expect(await client.call('queue.add', { name: 'a' })).toMatchObject({ failure: { code: 'not-approved' } })
})

test('without a name for git nothing lands, and the sentence says what to set', async () => {
  const { client } = watch()
  const session = await value(client.call('session.start', { name: 'a', prompt: 'x' }))
  await writeFile(join(session.worktree, 'new.txt'), 'new\n')
  await git(env, session.worktree, 'add', '--all')
  await git(env, session.worktree, 'commit', '--quiet', '--message=New')
  await git(env, repository, 'commit', '--quiet', '--allow-empty', '--message=Meanwhile')
  await value(client.call('session.approve', { name: 'a' }))
  await writeFile(join(folder, 'home', '.gitconfig'), '')
  await value(client.call('queue.add', { name: 'a' }))
  const entry = await until(async () => {
    const [found] = await value(client.call('queue.list', {}))
    return found?.phase === 'blocked' ? found : null
  })
  expect(entry.message).toContain('user.name')
})

test('after a restart the sessions are there, ended, and what landed is still told', async () => {
  const { client } = watch()
  const session = await value(client.call('session.start', { name: 'a', prompt: 'x' }))
  await writeFile(join(session.worktree, 'new.txt'), 'new\n')
  await git(env, session.worktree, 'add', '--all')
  await git(env, session.worktree, 'commit', '--quiet', '--message=New')
  await value(client.call('session.approve', { name: 'a' }))
  await value(client.call('queue.add', { name: 'a' }))
  await landed(client, 'a')
  await house.close()
  house = await open()
  await house.open(repository)
  const again = await value(watch().client.call('hello', {}))
  expect(again.sessions).toMatchObject([{ name: 'a', state: 'exited' }])
  expect(again.queue).toMatchObject([{ session: 'a', phase: 'landed' }])
  expect(again.repository?.trusted).toBe(true)
})

test('the work of a session that has ended waits for the user, over a restart too, and a prompt starts it again', async () => {
  const { client } = watch()
  const { worktree } = await value(client.call('session.start', { name: 'a', prompt: 'x' }))
  await git(env, worktree, 'commit', '--quiet', '--allow-empty', '--message=New')
  await value(client.call('session.stop', { name: 'a' }))
  const { waitingSince } = await value(client.call('session.show', { name: 'a' }))
  expect(waitingSince).toBeDefined()
  await house.close()
  house = await open()
  await house.open(repository)
  const again = watch().client
  expect(await value(again.call('session.show', { name: 'a' }))).toMatchObject({ state: 'exited', waitingSince })
  expect(await again.call('session.send', { name: 'a', text: '/clear' })).toMatchObject({ failure: { code: 'bad-prompt' } })
  await value(again.call('session.send', { name: 'a', text: 'Go on.' }))
  expect((await value(again.call('session.show', { name: 'a' }))).state).not.toBe('exited')
})

test('a repository that is not trusted runs nothing of its own, whatever is asked about it', async () => {
  const trap = await createTrap()
  const hostile = await createRepository()
  for (const way of ['core.fsmonitor', 'hook post-index-change', 'hook reference-transaction'])
    await WAYS_IN[way]?.(hostile, trap.script)
  const before = (await trap.sprung()).length
  const { client } = watch()
  const opened = await value(client.call('repository.open', { path: hostile.path }))
  expect(opened).toMatchObject({ trusted: false })
  expect(opened.risks.length).toBeGreaterThan(0)
  await value(client.call('hello', {}))
  expect(await client.call('session.start', { prompt: 'x' })).toMatchObject({ failure: { code: 'untrusted' } })
  await value(client.call('config.set', { key: 'checks', value: [trap.script] }))
  expect(await trap.sprung()).toHaveLength(before)
})

test('what was decided about one repository is not done to the one that another window opened', async () => {
  const [first, second] = [watch().client, watch().client]
  const seen = (await value(first.call('hello', {}))).repository?.id ?? ''
  const other = await createRepository()
  await value(second.call('repository.open', { path: other.path }))
  const said = async (): Promise<readonly string[]> =>
    (await value(second.call('events.list', { since: 0 }))).map(({ kind }) => kind)
  const before = await said()
  const answers = [
    await first.call('repository.trust', { repository: seen }),
    await first.call('config.set', { key: 'checks', value: ['true'], repository: seen }),
    await first.call('session.start', { name: 'a', prompt: 'x', repository: seen }),
  ]
  const message = `Another repository is open now: ${basename(other.path)}. Nothing was done.`
  for (const answer of answers) expect(answer).toEqual({ ok: false, failure: { code: 'changed', message } })
  expect(await said()).toEqual(before)
  const now = await value(second.call('hello', {}))
  expect(now).toMatchObject({ repository: { trusted: false }, config: { checks: [] }, sessions: [] })
  const id = now.repository?.id ?? ''
  expect(await value(second.call('repository.trust', { repository: id }))).toMatchObject({ trusted: true })
  expect(await value(second.call('config.set', { key: 'checks', value: ['true'], repository: id }))).toMatchObject({
    checks: ['true'],
  })
  expect(await value(second.call('session.start', { name: 'a', prompt: 'x', repository: id }))).toMatchObject({ name: 'a' })
})

test('an open repository is not left while its sessions run, and another one shows its own sessions', async () => {
  const { client } = watch()
  const other = await createRepository()
  await value(client.call('session.start', { name: 'a', prompt: 'x' }))
  expect(await client.call('repository.open', { path: other.path })).toMatchObject({ failure: { code: 'sessions-running' } })
  await value(client.call('session.stop', { name: 'a' }))
  await value(client.call('repository.open', { path: other.path }))
  expect((await value(client.call('hello', {}))).sessions).toEqual([])
  await value(client.call('repository.open', { path: repository }))
  expect((await value(client.call('hello', {}))).sessions).toMatchObject([{ name: 'a', state: 'exited' }])
})

/** A session whose one commit is approved. */
async function approved(client: Client, name: string): Promise<Session> {
  const session = await value(client.call('session.start', { name, prompt: 'x' }))
  await writeFile(join(session.worktree, `${name}.txt`), `${name}\n`)
  await git(env, session.worktree, 'add', '--all')
  await git(env, session.worktree, 'commit', '--quiet', `--message=${name}`)
  return value(client.call('session.approve', { name }))
}

/** A check that says that it runs, and ends when the test lets it. */
async function holdChecks(client: Client): Promise<{ running(): Promise<unknown>; release(): Promise<void> }> {
  const [started, go] = [join(folder, 'check-started'), join(folder, 'check-may-end')]
  await value(
    client.call('config.set', { key: 'checks', value: [`touch ${started}; while [ ! -e ${go} ]; do sleep 0.05; done`] }),
  )
  return {
    running: () => until(async () => stat(started).catch(() => null)),
    release: () => writeFile(go, ''),
  }
}

const settled = (client: Client): Promise<Entry> =>
  until(
    async () =>
      (await value(client.call('queue.list', {}))).find((entry) => entry.phase === 'blocked' || entry.phase === 'landed') ?? null,
  )

test('an approval that is withdrawn while the checks run keeps the commit from landing', async () => {
  const { client } = watch()
  const target = await git(env, repository, 'rev-parse', 'main')
  const checks = await holdChecks(client)
  await approved(client, 'a')
  await value(client.call('queue.add', { name: 'a' }))
  await checks.running()
  await value(client.call('session.unapprove', { name: 'a' }))
  await checks.release()
  expect(await settled(client)).toMatchObject({ phase: 'blocked', why: 'not-approved' })
  expect(await git(env, repository, 'rev-parse', 'main')).toBe(target)
})

test('another target that is chosen while the checks run gets nothing that was not checked on it', async () => {
  const { client } = watch()
  const checks = await holdChecks(client)
  const session = await approved(client, 'a')
  await git(env, repository, 'branch', 'release')
  await git(env, repository, 'commit', '--quiet', '--allow-empty', '--message=Only on main')
  await value(client.call('queue.add', { name: 'a' }))
  await checks.running()
  await value(client.call('config.set', { key: 'target', value: 'release' }))
  await checks.release()
  const entry = await settled(client)
  expect(entry).toMatchObject({ phase: 'landed', targetAfter: session.head })
  expect(await git(env, repository, 'rev-parse', 'release')).toBe(session.head)
  expect(await git(env, repository, 'log', '--format=%s', 'main')).toBe('Only on main\nFirst')
})

test('a worktree that is gone when its commit lands does not make the landing untold', async () => {
  const { client } = watch()
  const checks = await holdChecks(client)
  const session = await approved(client, 'a')
  await value(client.call('queue.add', { name: 'a' }))
  await checks.running()
  await rm(session.worktree, { recursive: true })
  await checks.release()
  expect(await settled(client)).toMatchObject({ phase: 'landed', targetAfter: await git(env, repository, 'rev-parse', 'main') })
  const shown = await value(client.call('session.show', { name: 'a' }))
  expect(shown.problem).toContain('missing')
})

test('a session whose setup was cut off by the end of the host is there again, with its worktree, to be set up anew', async () => {
  const { client } = watch()
  const started = join(folder, 'setup-started')
  await value(client.call('config.set', { key: 'setup', value: `touch made-by-setup; touch ${started}; sleep 60` }))
  const starting = client.call('session.start', { name: 'a', prompt: 'x' })
  await until(async () => stat(started).catch(() => null))
  expect((await value(client.call('session.list', {}))).map(({ name, state }) => [name, state])).toEqual([['a', 'starting']])
  await house.close()
  expect(await starting).toMatchObject({ failure: { code: 'setup-failed' } })
  expect(await git(env, repository, 'worktree', 'list')).toContain('shop.worktrees')
  house = await open()
  await house.open(repository)
  const again = watch().client
  const [session] = (await value(again.call('hello', {}))).sessions
  expect(session).toMatchObject({ name: 'a', state: 'crashed', setupFailure: expect.stringContaining('Resume') })
  await value(again.call('config.set', { key: 'setup', value: 'touch set-up' }))
  await value(again.call('session.resume', { name: 'a' }))
  expect((await stat(join(session!.worktree, 'set-up'))).isFile()).toBe(true)
})

test('a session that cannot be launched leaves nothing, whatever the reason', async () => {
  const { client } = watch()
  await mkdir(join(folder, 'data'), { recursive: true })
  // The ledger folder of every session would be below this.
  await writeFile(join(folder, 'data', 'sessions'), 'in the way')
  const answer = await client.call('session.start', { name: 'a', prompt: 'x' })
  expect(answer.ok).toBe(false)
  expect(await value(client.call('session.list', {}))).toEqual([])
  expect(await git(env, repository, 'for-each-ref', '--format=%(refname:short)', 'refs/heads')).toBe('main')
  scene.logged.length = 0
})

test('a session that is resumed twice at once runs once', async () => {
  const { client } = watch()
  await value(client.call('session.start', { name: 'a', prompt: 'x' }))
  await value(client.call('session.stop', { name: 'a' }))
  const answers = await Promise.all([1, 2].map(() => client.call('session.resume', { name: 'a' })))
  expect(answers.map((answer) => (answer.ok ? 'ok' : answer.failure.code)).toSorted()).toEqual(['already-running', 'ok'])
})

/** A session that committed one file. */
async function committed(client: Client, name: string, file: string, content: string, scope: string[] = []): Promise<Session> {
  const session = await value(client.call('session.start', { name, prompt: 'x', scope }))
  await writeFile(join(session.worktree, file), content)
  await git(env, session.worktree, 'add', '--all')
  await git(env, session.worktree, 'commit', '--quiet', `--message=${name}`)
  return session
}

test('two sessions that change the same line are told to clash, and no longer when one of them lands', async () => {
  const { client, batches } = watch()
  const told = (): Snapshot['overlap'] | undefined =>
    batches.flatMap(({ changes }) => changes.flatMap((change) => (change.kind === 'overlap' ? [change.overlap] : []))).at(-1)
  await committed(client, 'a', 'file.txt', 'a\n', ['docs'])
  await committed(client, 'b', 'file.txt', 'b\n')
  await committed(client, 'apart', 'other.txt', 'apart\n')
  const clash = {
    pairs: [{ a: 'a', b: 'b', files: ['file.txt'], kind: 'clash' }],
    outOfScope: [{ session: 'a', files: ['file.txt'] }],
  }
  await until(async () => (isDeepStrictEqual(told(), clash) ? true : null))
  expect(await value(client.call('overlap.list', {}))).toEqual(clash)
  expect((await value(watch().client.call('hello', {}))).overlap).toEqual(clash)
  await value(client.call('session.approve', { name: 'a' }))
  await value(client.call('queue.add', { name: 'a' }))
  await landed(client, 'a')
  const withTarget = { pairs: [{ a: 'b', b: 'target', files: ['file.txt'], kind: 'clash' }], outOfScope: [] }
  await until(async () => (isDeepStrictEqual(told(), withTarget) ? true : null))
  expect(await value(client.call('overlap.list', {}))).toEqual(withTarget)
})

const order = async (client: Client): Promise<readonly string[]> =>
  (await value(client.call('session.list', {}))).map((session) => session.name)

test('the order that a user gives the cascade is the landing order, everybody hears of it, and it survives a restart', async () => {
  const { client, batches } = watch()
  const snapshot = await value(client.call('hello', {}))
  const checks = await holdChecks(client)
  for (const name of ['a', 'b', 'c']) {
    await approved(client, name)
    await value(client.call('queue.add', { name }))
  }
  await checks.running()
  const moved = await value(client.call('session.move', { name: 'c', to: 2 }))
  expect(moved.map((session) => session.name)).toEqual(['a', 'c', 'b'])
  expect((await value(client.call('queue.list', {}))).map((entry) => entry.session)).toEqual(['a', 'c', 'b'])
  const truth = await value(client.call('hello', {}))
  expect(after(snapshot, batches)).toEqual({ sessions: truth.sessions, queue: truth.queue, seq: truth.seq })
  await value(client.call('session.move', { name: 'a', to: 100 }))
  await checks.release()
  for (const name of ['a', 'b', 'c']) await landed(client, name)
  expect(await git(env, repository, 'log', '--format=%s')).toBe('b\nc\na\nFirst')
  expect(await client.call('session.move', { name: 'no-such', to: 1 })).toMatchObject({ failure: { code: 'no-session' } })

  await house.close()
  house = await open()
  await house.open(repository)
  const later = watch().client
  expect(await order(later)).toEqual(['c', 'b', 'a'])
  await value(later.call('session.start', { name: 'd', prompt: 'x' }))
  expect(await order(later)).toEqual(['c', 'b', 'a', 'd'])
})

test('a renamed session lands under its new name, answers to the old one, and keeps branch and worktree', async () => {
  const { client, batches } = watch()
  const checks = await holdChecks(client)
  const session = await approved(client, 'a')
  await value(client.call('session.start', { name: 'b', prompt: 'x' }))
  await value(client.call('queue.add', { name: 'a' }))
  await checks.running()
  const snapshot = await value(client.call('hello', {}))
  const { id, branch, worktree } = session
  expect(await client.call('session.rename', { name: 'a', to: 'B' })).toMatchObject({ failure: { code: 'name-taken' } })
  expect(await client.call('session.rename', { name: 'b', to: 'not good' })).toMatchObject({ failure: { code: 'bad-name' } })
  expect(await value(client.call('session.rename', { name: 'a', to: 'cart' }))).toMatchObject({
    id,
    name: 'cart',
    branch,
    worktree,
  })
  expect(await value(client.call('session.show', { name: 'a' }))).toMatchObject({ name: 'cart' })
  expect(await value(client.call('session.show', { name: id }))).toMatchObject({ name: 'cart' })
  expect(await client.call('session.rename', { name: 'b', to: 'a' })).toMatchObject({ failure: { code: 'name-taken' } })
  expect(await client.call('session.start', { name: 'a', prompt: 'x' })).toMatchObject({ failure: { code: 'branch-exists' } })
  const truth = await value(client.call('hello', {}))
  expect(truth.queue).toMatchObject([{ session: 'cart', phase: 'checking' }])
  expect(after(snapshot, batches)).toEqual({ sessions: truth.sessions, queue: truth.queue, seq: truth.seq })
  await checks.release()
  await landed(client, 'cart')
  expect(await git(env, worktree, 'rev-parse', '--abbrev-ref', 'HEAD')).toBe(branch)

  await house.close()
  house = await open()
  await house.open(repository)
  expect(await value(watch().client.call('session.show', { name: 'a' }))).toMatchObject({ id, name: 'cart' })
})

test('the user’s settings reach every window and survive a restart, whichever repository is open', async () => {
  const [{ client }, other] = [watch(), watch()]
  const snapshot = await value(other.client.call('hello', {}))
  expect(snapshot.settings.theme).toBe('system')
  expect(await client.call('settings.set', { key: 'theme', value: 'pink' })).toMatchObject({ failure: { code: 'bad-value' } })
  await value(client.call('settings.set', { key: 'theme', value: 'dark' }))
  await value(client.call('settings.set', { key: 'shortcuts', value: { sweep: [] } }))
  await value(client.call('settings.set', { key: 'model', value: 'sonnet' }))
  expect(await value(client.call('session.start', { name: 'a', prompt: 'x' }))).toMatchObject({ model: 'sonnet' })
  await value(other.client.call('hello', {}))
  const heard = other.batches.flatMap(({ changes }) => changes).filter((change) => change.kind === 'settings')
  expect(heard.at(-1)).toMatchObject({ settings: { theme: 'dark', shortcuts: { sweep: [] } } })
  await house.close()
  house = await open()
  const again = watch().client
  expect(await value(again.call('settings.get', {}))).toMatchObject({ theme: 'dark', shortcuts: { sweep: [] } })
  await value(again.call('settings.set', { key: 'theme', value: undefined }))
  expect((await value(again.call('hello', {}))).settings.theme).toBe('system')
})

test('files that the user named are in a new worktree before its setup, and in that of a check', async () => {
  const { client } = watch()
  await writeFile(join(repository, '.gitignore'), '.env\nseen\n')
  await git(env, repository, 'add', '--all')
  await git(env, repository, 'commit', '--quiet', '--message=Ignore')
  await writeFile(join(repository, '.env'), 'KEY=1\n')
  expect(await client.call('config.set', { key: 'copy', value: ['../x'] })).toMatchObject({
    failure: { code: 'bad-value', message: expect.stringContaining('“../x”') },
  })
  expect(await client.call('config.set', { key: 'worktrees', value: '~/trees' })).toMatchObject({
    failure: { code: 'bad-value', message: expect.stringContaining('“~/trees”') },
  })
  await value(client.call('config.set', { key: 'copy', value: ['.env'] }))
  await value(client.call('config.set', { key: 'setup', value: 'cat .env > seen' }))
  await value(client.call('config.set', { key: 'checks', value: ['grep KEY=1 .env', 'grep KEY=1 seen'] }))
  const session = await approved(client, 'a')
  expect(await readFile(join(session.worktree, 'seen'), 'utf8')).toBe('KEY=1\n')
  await value(client.call('queue.add', { name: 'a' }))
  await landed(client, 'a')
  expect(await git(env, repository, 'ls-files')).toBe('.gitignore\na.txt\nfile.txt')
})

test('a copied file that the session would commit, as git does not ignore it, keeps it from starting', async () => {
  const { client } = watch()
  await writeFile(join(repository, '.env'), 'KEY=1\n')
  await value(client.call('config.set', { key: 'copy', value: ['.env'] }))
  expect(await client.call('session.start', { name: 'a', prompt: 'x' })).toMatchObject({
    failure: { code: 'setup-failed', message: expect.stringMatching(/“\.env” .* does not ignore it .*\.gitignore.*\.$/u) },
  })
  expect(await value(client.call('session.list', {}))).toEqual([])
  expect(await git(env, repository, 'worktree', 'list')).not.toContain('shop.worktrees')
  await writeFile(join(repository, '.git', 'info', 'exclude'), '.env\n')
  expect(await value(client.call('session.start', { name: 'a', prompt: 'x' }))).toMatchObject({ dirty: false })
})

test('a file that cannot be copied keeps the session from starting, and nothing of it is left', async () => {
  const { client } = watch()
  await symlink('/', join(repository, 'local'))
  await git(env, repository, 'add', '--all')
  await git(env, repository, 'commit', '--quiet', '--message=A link')
  await git(env, repository, 'rm', '--quiet', '--cached', 'local')
  await rm(join(repository, 'local'))
  await mkdir(join(repository, 'local'))
  await writeFile(join(repository, 'local', 'key'), 'k')
  await value(client.call('config.set', { key: 'copy', value: ['local'] }))
  const answer = await client.call('session.start', { name: 'a', prompt: 'x' })
  expect(answer).toMatchObject({ failure: { code: 'setup-failed', message: expect.stringContaining('“local”') } })
  expect(await value(client.call('session.list', {}))).toEqual([])
  expect(await git(env, repository, 'for-each-ref', '--format=%(refname:short)', 'refs/heads')).toBe('main')
  expect(await git(env, repository, 'worktree', 'list')).not.toContain('shop.worktrees')
})
