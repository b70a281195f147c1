/** What the real House finds, with the real Claude Code: tools, guesses, files of the target. And what it leaves alone while it looks. */

import { mkdir, mkdtemp, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createMemoryCarrier } from '../../electron/bridge/memory.ts'
import { compose, type RunningHouse } from '../../electron/compose.ts'
import { createLog } from '../../electron/kit/log.ts'
import { createClient, type Client } from '../../shared/client.ts'
import { ok } from '../../shared/result.ts'
import { execute, git } from '../demo/repository.ts'
import { CLAUDE, makeUntrustedClaudeHome, type ClaudeHome } from '../model/claude-home.ts'

let folder: string
let repository: string
let home: ClaudeHome
let house: RunningHouse
let client: Client
const logged: string[] = []

/** Every file and folder below, with when it was changed and what is in it. */
async function everythingIn(below: string): Promise<Readonly<Record<string, string>>> {
  const all: Record<string, string> = {}
  for (const entry of await readdir(below, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    const { mtimeMs } = await stat(path)
    all[path] = `${mtimeMs} ${entry.isFile() ? await readFile(path, 'utf8') : ''}`
  }
  return all
}

async function open(demo?: () => ReturnType<typeof ready>): Promise<void> {
  const composed = await compose({
    dataDir: join(folder, 'data'),
    env: { ...home.env, SHELL: '/bin/sh' },
    version: 'test',
    log: createLog({ write: (line) => logged.push(line) }, () => new Date()),
    screensWorker: new URL('../../electron/terminals/screens-worker.ts', import.meta.url),
    ...(demo === undefined ? {} : { demo }),
  })
  if (!composed.ok) throw new Error(composed.failure.message)
  house = composed.value
  client = createClient(createMemoryCarrier(house))
}

const ready = () => Promise.resolve(ok({ url: 'http://127.0.0.1:1/' }))

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'sluice-finding-')))
  repository = join(folder, 'a shop')
  logged.length = 0
  await mkdir(join(repository, 'src/cart'), { recursive: true })
  home = await makeUntrustedClaudeHome({ folder, model: 'http://127.0.0.1:9' })
  await git(home.env, repository, 'init', '--quiet', '--initial-branch=main')
  await writeFile(join(repository, 'package.json'), '{"scripts":{"lint":"touch ran","test":"touch ran"}}')
  await writeFile(join(repository, 'package-lock.json'), '{}')
  for (const name of ['src/cart/price.ts', 'src/cart/zeile\numbruch.ts', 'src/übung.ts'])
    await writeFile(join(repository, name), '')
  await git(home.env, repository, 'add', '--all')
  await git(home.env, repository, 'commit', '--quiet', '--message=First')
  await open()
})

afterEach(async () => {
  await house.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  const faults = logged.filter((line) => line.includes('"level":"fault"'))
  if (faults.length > 0) throw new Error(faults.join('\n'))
})

test('looking finds git and the real Claude Code, and leaves the user’s home as it was', async () => {
  const before = await everythingIn(home.home)
  const found = await client.call('repository.look', {})
  expect(found).toEqual({
    ok: true,
    value: {
      git: { version: expect.stringMatching(/^\d+\.\d+/u) },
      claude: { version: '2.1.329', path: expect.stringMatching(/[\\/]claude(?:\.exe)?$/u), login: 'unknown' },
      checks: [],
      setup: [],
    },
  })
  expect(await everythingIn(home.home)).toEqual(before)
})

test('Claude Code’s own answer about its login would write there, which is why it is not asked', async () => {
  const before = await everythingIn(home.home)
  // It ends with 1 when nobody is logged in.
  await execute(CLAUDE, ['auth', 'status', '--json'], { cwd: folder, env: { ...home.env } }).catch(() => undefined)
  expect(await everythingIn(home.home)).not.toEqual(before)
})

test('a repository is opened by a path as a user types it', async () => {
  const inHome = join(home.home, 'code', 'shop')
  await mkdir(join(home.home, 'code'))
  await rename(repository, inHome)
  for (const path of ['~/code/shop', ' ~/code/shop/ ', `${inHome}/../shop`])
    expect(await client.call('repository.open', { path })).toMatchObject({ ok: true, value: { path: inHome } })
  expect(await client.call('repository.open', { path: 'shop' })).toMatchObject({
    failure: { code: 'not-a-repository', message: expect.stringMatching(/^“shop” does not say where to begin.*\.$/u) },
  })
})

test('checks and setup are guessed of the open repository, before it is trusted, and none of them runs', async () => {
  await house.open(repository)
  expect(await client.call('repository.look', {})).toMatchObject({
    value: {
      checks: [
        { command: 'npm run lint', from: 'package.json' },
        { command: 'npm test', from: 'package.json' },
      ],
      setup: [{ command: 'npm ci', from: 'package-lock.json' }],
    },
  })
  expect(await git(home.env, repository, 'status', '--porcelain')).toBe('')
})

test('a scope is matched and completed with the files of the target, whatever their names', async () => {
  expect(await client.call('scope.match', { scope: ['src'] })).toMatchObject({ failure: { code: 'no-repository' } })
  await house.open(repository)
  expect(await client.call('scope.match', { scope: [' src/cart', '**/ü*', 'lib/**'] })).toEqual({
    ok: true,
    value: {
      matched: 3,
      total: 5,
      sample: ['src/cart/price.ts', 'src/cart/zeile\numbruch.ts', 'src/übung.ts'],
      unmatched: ['lib/**'],
      shared: [],
    },
  })
  for (const glob of ['../x', ' /etc', ' ', '!src'])
    expect(await client.call('scope.match', { scope: [glob] })).toMatchObject({
      failure: { code: 'bad-scope', message: expect.stringMatching(/^“.*” cannot be a scope: .*\.$/u) },
    })
  expect(await client.call('scope.complete', { text: 'SRC/' })).toEqual({ ok: true, value: ['src/cart/', 'src/übung.ts'] })
})

test('a scope follows the target, not the files of the checkout', async () => {
  await house.open(repository)
  await writeFile(join(repository, 'new.ts'), '')
  expect(await client.call('scope.complete', { text: 'new' })).toEqual({ ok: true, value: [] })
  await git(home.env, repository, 'add', '--all')
  await git(home.env, repository, 'commit', '--quiet', '--message=Second')
  // It reads where the target is now; the watcher would come to it a moment later.
  await client.call('overlap.list', {})
  expect(await client.call('scope.complete', { text: 'new' })).toEqual({ ok: true, value: ['new.ts'] })
})

test('without a target there is nothing to match, and a sentence says so', async () => {
  await house.open(repository)
  house.trust()
  await client.call('config.set', { key: 'target', value: 'main' })
  await git(home.env, repository, 'checkout', '--quiet', '-b', 'other')
  await git(home.env, repository, 'branch', '--quiet', '-D', 'main')
  await client.call('overlap.list', {})
  expect(await client.call('scope.match', { scope: ['src'] })).toMatchObject({
    failure: { code: 'no-target', message: expect.stringContaining('“main” does not exist') },
  })
})

test('folders are listed from the user’s home', async () => {
  expect(await client.call('folder.list', { path: '~' })).toMatchObject({
    value: { path: home.home, parent: folder, repository: false, folders: [{ name: '.claude' }] },
  })
  expect(await client.call('folder.list', { path: folder })).toMatchObject({
    value: {
      folders: [
        { name: 'a shop', repository: true },
        { name: 'data', repository: false },
        { name: 'home', repository: false },
      ],
    },
  })
})

test('the demonstration is the host’s to give', async () => {
  expect(await client.call('demo.start', {})).toMatchObject({ failure: { code: 'no-demo' } })
  await house.close()
  await open(ready)
  expect(await client.call('demo.start', {})).toEqual({ ok: true, value: { url: 'http://127.0.0.1:1/' } })
})
