/** Worktrees in the real House: setting up in the terminal, and again; ports; the user's own worktrees; what was moved or removed. */

import { mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createMemoryCarrier } from '../../electron/bridge/memory.ts'
import type { RunningHouse } from '../../electron/compose.ts'
import { createClient, type Client } from '../../shared/client.ts'
import type { Session } from '../../shared/model/session.ts'
import { git } from '../demo/repository.ts'
import { until } from '../until.ts'
import { makeScene, value, type Scene } from './testing.ts'

let scene: Scene
let folder: string
let repository: string
let env: Record<string, string>
let house: RunningHouse
let client: Client

/** Stands for Claude Code: says its version, or writes down what it was started with and waits. */
const QUIET = `#!/bin/sh
case "$1" in --version) echo "2.1.329 (Claude Code)"; exit;; esac
printf '%s\\n' "$SLUICE_PORT" >"$PWD/../$SLUICE_SESSION.port"
printf '%s|' "$@" >"$PWD/../$SLUICE_SESSION.args"
trap "exit 0" TERM HUP; while :; do sleep 1; done
`

async function open(): Promise<void> {
  ;({ house, client } = await scene.open())
}

beforeEach(async () => {
  scene = await makeScene(QUIET, { '.gitignore': '.env\nbuilt\n' })
  ;({ folder, repository, env } = scene)
  await open()
})

afterEach(async () => {
  await house.close()
  await scene.remove()
})

const show = (name: string): Promise<Session> => value(client.call('session.show', { name }))

/** What was left beside the worktree of a session, once it is there. */
function left(name: string): Promise<string> {
  return until(() =>
    readFile(join(`${repository}.worktrees`, name), 'utf8').then(
      (text) => (text === '' ? null : text),
      () => null,
    ),
  )
}

test('a setup that fails is kept with its worktree, says so, and resuming runs it again before the prompt', async () => {
  await value(client.call('config.set', { key: 'setup', value: 'echo hello; echo built >built; test -f ../ok || exit 3' }))
  const failed = await client.call('session.start', { name: 'a', prompt: 'do it' })
  expect(failed).toMatchObject({ failure: { code: 'setup-failed', message: expect.stringContaining('exited with 3') } })
  expect(failed).toMatchObject({ failure: { message: expect.stringMatching(/kept.*Resume.*hello/su) } })
  const session = await show('a')
  expect(session).toMatchObject({ state: 'crashed', setupFailure: expect.stringContaining('exited with 3') })
  expect(await readFile(join(session.worktree, 'built'), 'utf8')).toBe('built\n')
  expect(await client.call('session.resume', { name: 'a' })).toMatchObject({ failure: { code: 'setup-failed' } })
  await writeFile(join(session.worktree, '../ok'), '')
  const resumed = await value(client.call('session.resume', { name: 'a' }))
  expect(resumed.setupFailure).toBe(undefined)
  expect(await left('a.args')).toContain('do it|')
})

test('a setup shows in the list while it runs; stopping the session ends it and all that it started', async () => {
  await value(client.call('config.set', { key: 'setup', value: 'sleep 300 & echo $! >../child; wait' }))
  const starting = client.call('session.start', { name: 'a', prompt: 'x' })
  const child = Number(await left('child'))
  expect(await show('a')).toMatchObject({ state: 'starting', settingUp: true })
  await value(client.call('session.stop', { name: 'a' }))
  expect(await starting).toMatchObject({ failure: { code: 'setup-failed', message: expect.stringContaining('was stopped') } })
  const isThere = (): boolean => {
    try {
      return process.kill(child, 0)
    } catch {
      return false
    }
  }
  await until(() => Promise.resolve(isThere() ? null : true))
  expect(await show('a')).not.toHaveProperty('settingUp')
})

test('a setup that was cut off by the end of Sluice is tried again by resuming', async () => {
  await value(client.call('config.set', { key: 'setup', value: 'test -f ../ok || { echo >../began; sleep 300; }' }))
  const starting = client.call('session.start', { name: 'a', prompt: 'x' })
  await left('began')
  await house.close()
  await starting.catch(() => undefined)
  await open()
  const session = await show('a')
  expect(session).toMatchObject({ state: 'crashed', setupFailure: expect.any(String) })
  await writeFile(join(session.worktree, '../ok'), '')
  expect(await client.call('session.resume', { name: 'a' })).toMatchObject({ ok: true })
})

test('each session has ten ports of its own, which setup and Claude Code see', async () => {
  await value(client.call('config.set', { key: 'setup', value: 'echo "$SLUICE_PORT" >../$SLUICE_SESSION.setup' }))
  const sessions = await Promise.all(['a', 'b', 'c'].map((name) => value(client.call('session.start', { name, prompt: 'x' }))))
  const ports = sessions.map(({ port }) => port)
  expect(new Set(ports).size).toBe(3)
  for (const { name, port } of sessions) {
    expect(port).toBeGreaterThanOrEqual(43_000)
    expect(await left(`${name}.setup`)).toBe(`${port}\n`)
    expect(await left(`${name}.port`)).toBe(`${port}\n`)
  }
})

test('the files of .worktreeinclude are in the worktree before its setup runs', async () => {
  await writeFile(join(repository, '.worktreeinclude'), '.env\n')
  await writeFile(join(repository, '.env'), 'KEY=1\n')
  await value(client.call('config.set', { key: 'setup', value: 'cp .env ../seen' }))
  const session = await value(client.call('session.start', { name: 'a', prompt: 'x' }))
  expect(await readFile(join(session.worktree, '.env'), 'utf8')).toBe('KEY=1\n')
  expect(await left('seen')).toBe('KEY=1\n')
})

test('a worktree of the user becomes a session that is not started, and begins without a prompt', async () => {
  const mine = join(folder, 'mine')
  await git(env, repository, 'worktree', 'add', '--quiet', '-b', 'feature/cart', mine)
  await git(env, mine, 'commit', '--quiet', '--allow-empty', '--message=Work')
  await git(env, repository, 'worktree', 'add', '--quiet', '--detach', join(folder, 'loose'))
  await value(client.call('session.start', { name: 'a', prompt: 'x' }))
  expect(await value(client.call('worktree.list', {}))).toMatchObject([
    { path: join(folder, 'loose'), branch: null, problem: expect.stringContaining('no branch') },
    { path: mine, branch: 'feature/cart' },
  ])
  expect(await client.call('session.import', { path: join(folder, 'loose') })).toMatchObject({
    failure: { code: 'not-a-worktree' },
  })
  expect(await client.call('session.import', { path: repository })).toMatchObject({ failure: { code: 'not-a-worktree' } })
  expect(await client.call('session.import', { path: mine, name: 'a' })).toMatchObject({ failure: { code: 'name-taken' } })
  const session = await value(client.call('session.import', { path: mine }))
  expect(session).toMatchObject({ name: 'mine', branch: 'feature/cart', worktree: mine, state: 'exited', ahead: 1, prompt: '' })
  expect(await git(env, repository, 'worktree', 'list', '--porcelain')).toMatch(/feature\/cart\nlocked A Sluice session/u)
  expect(await client.call('session.import', { path: mine })).toMatchObject({ failure: { code: 'not-a-worktree' } })
  await value(client.call('session.resume', { name: 'mine' }))
  const args = await until(() => readFile(join(folder, 'mine.args'), 'utf8').catch(() => null))
  expect(args.split('|')).not.toContain('--')
})

test('a worktree that was removed is made again from its branch, and one that was moved is followed', async () => {
  const session = await value(client.call('session.start', { name: 'a', prompt: 'x' }))
  await git(env, session.worktree, 'commit', '--quiet', '--allow-empty', '--message=Work')
  const head = await git(env, session.worktree, 'rev-parse', 'HEAD')
  await value(client.call('session.stop', { name: 'a' }))
  expect(await client.call('session.repair', { name: 'a' })).toMatchObject({ failure: { code: 'nothing-to-repair' } })

  await rm(session.worktree, { recursive: true })
  expect(await show('a')).toMatchObject({ problem: expect.stringContaining('missing'), repair: 'recreate' })
  expect(await client.call('session.resume', { name: 'a' })).toMatchObject({ failure: { code: 'worktree-missing' } })
  const remade = await value(client.call('session.repair', { name: 'a' }))
  expect(remade).toMatchObject({ worktree: session.worktree, head })
  expect(remade.problem).toBe(undefined)
  expect(await git(env, session.worktree, 'status', '--porcelain')).toBe('')

  const [beside, far] = [join(session.worktree, '../moved'), join(folder, 'far')]
  await rename(session.worktree, beside)
  expect(await show('a')).toMatchObject({
    problem: expect.stringContaining(`moved to ${await realpath(beside)}`),
    repair: 'adopt',
  })
  expect(await value(client.call('session.repair', { name: 'a' }))).toMatchObject({ worktree: await realpath(beside) })
  await git(env, repository, 'worktree', 'unlock', beside)
  await git(env, repository, 'worktree', 'move', beside, far)
  expect(await show('a')).toMatchObject({ repair: 'adopt' })
  expect(await value(client.call('session.repair', { name: 'a' }))).toMatchObject({ worktree: far, head })
  expect(await git(env, repository, 'worktree', 'list', '--porcelain')).toMatch(/sluice\/a\nlocked A Sluice session/u)
  expect(await client.call('session.resume', { name: 'a' })).toMatchObject({ ok: true })
})

test('a worktree that goes away under a running session is noticed while nobody asks, and nothing is typed into it until it is back', async () => {
  const seen = (): Promise<Session | undefined> =>
    value(client.call('session.list', {})).then((sessions) => sessions.find(({ name }) => name === 'a'))
  const noticed = (wanted: (session: Session) => boolean): Promise<Session> =>
    until(() => seen().then((session) => (session !== undefined && wanted(session) ? session : null)))
  const { worktree } = await value(client.call('session.start', { name: 'a', prompt: 'x' }))
  await left('a.port')
  const refused = { failure: { code: 'worktree-missing', message: expect.stringContaining(worktree) } }

  for (const round of ['first', 'second']) {
    await rm(worktree, { recursive: true })
    expect(await noticed(({ repair }) => repair === 'recreate')).toMatchObject({ problem: expect.stringContaining('missing') })
    expect(await client.call('session.send', { name: 'a', text: 'go on' })).toMatchObject(refused)

    await mkdir(worktree)
    await writeFile(join(worktree, 'file.txt'), 'made by Claude Code\n')
    const taken = await noticed(({ problem }) => problem?.includes('no worktree') === true)
    expect(taken.problem).toContain('Move that folder away')
    expect(taken.repair).toBe(undefined)
    expect(await client.call('session.send', { name: 'a', text: 'go on' })).toMatchObject(refused)
    expect(await client.call('session.repair', { name: 'a' })).toMatchObject({
      failure: { code: 'folder-exists', message: expect.stringContaining(`${worktree} is no worktree any more. Move it away`) },
    })
    await rename(worktree, join(folder, `away-${round}`))
    await noticed(({ repair }) => repair === 'recreate')
    expect(await value(client.call('session.repair', { name: 'a' }))).not.toHaveProperty('problem')
    expect(await readFile(join(worktree, '.gitignore'), 'utf8')).toBe('.env\nbuilt\n')
    expect(await client.call('session.send', { name: 'a', text: 'go on' })).not.toMatchObject({
      failure: { code: 'worktree-missing' },
    })
  }

  await writeFile(join(worktree, 'work.txt'), 'work\n')
  await git(env, worktree, 'add', '--all')
  await git(env, worktree, 'commit', '--quiet', '--message=Work')
  await noticed(({ ahead }) => ahead === 1)
  await rename(join(worktree, '.git'), join(folder, 'dot-git'))
  await noticed(({ problem }) => problem?.includes('no worktree') === true)
  await rename(join(folder, 'dot-git'), join(worktree, '.git'))
  await noticed(({ problem }) => problem === undefined)
})

test('an archived session misses nothing: it has no problem, and none when it is back', async () => {
  const { worktree } = await value(client.call('session.start', { name: 'a', prompt: 'x' }))
  await writeFile(join(worktree, 'work.txt'), 'work\n')
  const told: Session[] = []
  const watching = createMemoryCarrier(house)
  watching.listen({
    changes: ({ changes }) => changes.forEach((one) => (one.kind === 'session' ? told.push(one.session) : undefined)),
    frame: () => undefined,
    status: () => undefined,
  })
  await createClient(watching).call('hello', {})
  await value(client.call('session.archive', { name: 'a' }))
  await until(() => show('a').then(({ archive }) => (archive?.removed === true ? true : null)))
  const another = await value(client.call('session.start', { name: 'b', prompt: 'x' }))
  await rm(join(worktree, '..', 'b'), { recursive: true })
  await until(async () => (told.some(({ id, problem }) => id === another.id && problem !== undefined) ? true : null))
  expect(told.filter(({ name, problem, repair }) => name === 'a' && (problem ?? repair) !== undefined)).toEqual([])
  const archived = await show('a')
  expect(archived).not.toHaveProperty('problem')
  expect(archived).not.toHaveProperty('repair')
  expect(await client.call('session.repair', { name: 'a' })).toMatchObject({ failure: { code: 'nothing-to-repair' } })
  expect(await value(client.call('session.restore', { name: 'a' }))).not.toHaveProperty('problem')
  expect((await show('a')).dirty).toBe(true)
})

test('a prompt for one that waits in line is refused with its place', async () => {
  await value(client.call('config.set', { key: 'maxSessions', value: 1 }))
  for (const name of ['a', 'b', 'c']) await value(client.call('session.start', { name, prompt: 'x' }))
  expect(await client.call('session.send', { name: 'c', text: 'go on' })).toMatchObject({
    failure: { code: 'not-running', message: expect.stringMatching(/“c” is in line .* at place 2\./u) },
  })
})

test('what is not ours to put right is shown: another branch, a folder without git, a lost lock is put back at the start', async () => {
  const session = await value(client.call('session.start', { name: 'a', prompt: 'x' }))
  await git(env, session.worktree, 'switch', '--quiet', '-c', 'other')
  expect((await show('a')).problem).toContain('is on other instead of sluice/a')
  expect(await client.call('session.repair', { name: 'a' })).toMatchObject({ failure: { code: 'nothing-to-repair' } })
  await git(env, session.worktree, 'switch', '--quiet', 'sluice/a')
  await rename(join(session.worktree, '.git'), join(folder, 'dot-git'))
  expect((await show('a')).problem).toContain('no worktree of this repository')
  await rename(join(folder, 'dot-git'), join(session.worktree, '.git'))
  await git(env, repository, 'worktree', 'unlock', session.worktree)
  await house.close()
  await open()
  await until(async () => ((await git(env, repository, 'worktree', 'list', '--porcelain')).includes('locked') ? true : null))
})

test('five that start at once, again and again, all start, and no branch is left over', async () => {
  await value(client.call('config.set', { key: 'maxSessions', value: 16 }))
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']
  for (const five of [names.slice(0, 5), names.slice(5)]) {
    const answers = await Promise.all(five.map((name) => client.call('session.start', { name, prompt: 'x' })))
    expect(answers.map((answer) => (answer.ok ? 'ok' : answer.failure.message))).toEqual(five.map(() => 'ok'))
  }
  const branches = await git(env, repository, 'branch', '--list', '--format=%(refname:short)', 'sluice/*')
  expect(branches.split('\n')).toEqual(names.map((name) => `sluice/${name}`))
})

test('a large repository has a worktree ready for the next session, which is nobody else’s and shows nowhere', async () => {
  await mkdir(join(repository, 'many'))
  await Promise.all(Array.from({ length: 1100 }, (_, index) => writeFile(join(repository, 'many', `${index}.txt`), `${index}\n`)))
  await git(env, repository, 'add', '--all')
  await git(env, repository, 'commit', '--quiet', '--message=Many')
  const warm = await until(async () => {
    const found = /worktree (.*\.sluice-warm\/(.*))\n/u.exec(await git(env, repository, 'worktree', 'list', '--porcelain'))
    const note =
      found === null
        ? ''
        : await readFile(join(folder, 'data/warm', `${(await value(client.call('hello', {}))).repository?.id}.json`), 'utf8')
    return note.includes('"made"') ? (found?.[2] ?? null) : null
  })
  expect(await value(client.call('worktree.list', {}))).toEqual([])
  const session = await value(client.call('session.start', { name: 'a', prompt: 'x' }))
  expect(await git(env, session.worktree, 'rev-parse', '--git-dir')).toContain(warm)
  expect(await git(env, session.worktree, 'status', '--porcelain', '--ignored', '--branch')).toBe('## sluice/a')
  expect(session.head).toBe(await git(env, repository, 'rev-parse', 'main'))
})

test('the base of a new session is looked at and completed', async () => {
  await git(env, repository, 'branch', 'release')
  expect(await value(client.call('base.look', {}))).toMatchObject({ name: 'main', subject: 'First' })
  expect(await client.call('base.look', { from: 'none' })).toMatchObject({ failure: { code: 'bad-ref' } })
  expect(await value(client.call('base.complete', { text: 'rel' }))).toEqual(['release'])
})
