/** Plain shells in the real House: what they see, what ends them, and what they hold up. */

import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RunningHouse } from '../../electron/compose.ts'
import { processStart } from '../../electron/kit/processes.ts'
import type { Client } from '../../shared/client.ts'
import type { Session } from '../../shared/model/session.ts'
import type { Shell } from '../../shared/model/shell.ts'
import { git } from '../demo/repository.ts'
import { until } from '../until.ts'
import { makeScene, value, type Scene } from './testing.ts'

/** In the place of the user's shell: writes down where it runs, as what and with which environment, then is one. */
const SHELL = `#!/bin/sh
pwd >"$HOME/cwd.$SLUICE_SESSION"
env >"$HOME/env.$SLUICE_SESSION"
echo $$ >"$HOME/pid.$SLUICE_SESSION"
if [ -f "$HOME/busy" ]; then set -m; sleep 5432; fi
exec /bin/sh
`

let scene: Scene
let house: RunningHouse
let client: Client

beforeEach(async () => {
  scene = await makeScene()
  await writeFile(join(scene.folder, 'fish'), SHELL, { mode: 0o755 })
  Object.assign(scene.env, { SHELL: join(scene.folder, 'fish'), CLAUDECODE: '1', npm_config_x: 'y', TERM_PROGRAM: 'other' })
  ;({ house, client } = await scene.open())
})

afterEach(async () => {
  await house.close()
  await scene.remove()
})

const start = (name: string, research = false): Promise<Session> =>
  value(client.call('session.start', { name, prompt: 'x', ...(research ? { research } : {}) }))
const open = (name: string): Promise<Shell> => value(client.call('shell.open', { name }))
const shells = async (): Promise<readonly Shell[]> => (await value(client.call('hello', {}))).shells
const told = (what: string, name: string): Promise<string> =>
  until(async () => {
    const text = await readFile(join(scene.folder, 'home', `${what}.${name}`), 'utf8').catch(() => '')
    return text.endsWith('\n') ? text.trimEnd() : null
  })
const pidOf = async (name: string): Promise<number> => Number(await told('pid', name))
const isGone = async (pid: number): Promise<boolean> => (await processStart(pid)) === null

test('a shell is the user’s own, in the worktree, with the user’s environment and no traces of who started Sluice', async () => {
  const { worktree } = await start('login')
  const shell = await open('login')
  expect(await shells()).toEqual([shell])
  expect(await told('cwd', 'login')).toBe(worktree)
  await told('pid', 'login')
  const names = (await told('env', 'login')).split('\n').map((line) => line.split('=')[0])
  expect(names).toEqual(
    expect.arrayContaining(['PATH', 'HOME', 'TERM', 'SLUICE_SESSION', 'SLUICE_DATA', 'SLUICE_PORT', 'CLAUDE_CONFIG_DIR']),
  )
  expect(names.filter((name) => /^(?:CLAUDECODE|npm_|TERM_PROGRAM|SLUICE_RUN)/u.test(name ?? ''))).toEqual([])
})

test('stopping the session leaves its shell alone; a research session has its shell in the main checkout', async () => {
  await start('login')
  await open('login')
  const pid = await pidOf('login')
  await value(client.call('session.stop', { name: 'login' }))
  expect(await isGone(pid)).toBe(false)
  await start('look', true)
  await open('look')
  expect(await told('cwd', 'look')).toBe(scene.repository)
})

test('archiving lists the shells, ends them first, and none is opened after it', async () => {
  const { worktree } = await start('login')
  const shell = await open('login')
  const pid = await pidOf('login')
  expect(await value(client.call('session.leavings', { name: 'login' }))).toMatchObject({ shells: [null] })
  // What cannot be archived keeps its shells.
  await git(scene.env, worktree, 'switch', '--quiet', '--create', 'elsewhere')
  expect(await client.call('session.archive', { name: 'login' })).toMatchObject({ failure: { code: 'not-removable' } })
  expect(await shells()).toEqual([shell])
  await git(scene.env, worktree, 'switch', '--quiet', 'sluice/login')
  await value(client.call('session.archive', { name: 'login' }))
  expect([await shells(), await isGone(pid)]).toEqual([[], true])
  expect(await client.call('shell.open', { name: 'login' })).toMatchObject({ failure: { code: 'archived' } })
  expect(await client.call('shell.restart', { shell: shell.id })).toMatchObject({ failure: { code: 'no-shell' } })
})

test('a worktree that is not there is said, and so is a session', async () => {
  const { worktree } = await start('login')
  await value(client.call('session.stop', { name: 'login' }))
  await rename(worktree, `${worktree}-away`)
  expect(await client.call('shell.open', { name: 'login' })).toMatchObject({ failure: { code: 'worktree-missing' } })
  await rename(`${worktree}-away`, worktree)
  expect(await client.call('shell.open', { name: 'nobody' })).toMatchObject({ failure: { code: 'no-session' } })
})

test('a repository is left when its shells wait for a command, which ends them; not while a program runs in one', async () => {
  await start('login')
  await value(client.call('session.stop', { name: 'login' }))
  const other = join(scene.folder, 'other')
  await mkdir(other)
  await git(scene.env, other, 'init', '--quiet', '--initial-branch=main')
  await git(scene.env, other, 'commit', '--quiet', '--allow-empty', '--message=First')
  await writeFile(join(scene.folder, 'home', 'busy'), '')
  const shell = await open('login')
  const pid = await pidOf('login')
  const left = await until(async () => {
    const [command] = (await value(client.call('session.leavings', { name: 'login' }))).shells ?? []
    return command ?? null
  })
  expect(left).toBe('sleep 5432')
  expect(await client.call('shell.close', { shell: shell.id, idle: true })).toMatchObject({ failure: { code: 'busy' } })
  expect(await client.call('repository.open', { path: other })).toMatchObject({
    failure: { code: 'sessions-running', message: expect.stringContaining('“sleep 5432” in shell 1 of “login”') },
  })
  await value(client.call('shell.close', { shell: shell.id }))
  expect([await shells(), await isGone(pid)]).toEqual([[], true])
  await rm(join(scene.folder, 'home', 'busy'))
  await rm(join(scene.folder, 'home', 'pid.login'))
  await open('login')
  const idle = await pidOf('login')
  await value(client.call('repository.open', { path: other }))
  expect([await shells(), await isGone(idle)]).toEqual([[], true])
})

test('closing Sluice hangs them up and leaves none', async () => {
  await start('login')
  await open('login')
  const pid = await pidOf('login')
  await house.close()
  expect(await isGone(pid)).toBe(true)
})
