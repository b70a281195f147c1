/** Archiving and restoring in the real House, with a quiet program for Claude Code: what runs is stopped, what is kept comes back. */

import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RunningHouse } from '../../electron/compose.ts'
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
  scene = await makeScene(QUIET)
  ;({ folder, repository, env } = scene)
  await open()
})

afterEach(async () => {
  await house.close()
  await scene.remove()
})

const start = (name: string): Promise<Session> => value(client.call('session.start', { name, prompt: 'x' }))
const show = (name: string): Promise<Session> => value(client.call('session.show', { name }))
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

test('a session that runs is stopped and archived, survives a restart, and goes on with its conversation', async () => {
  await writeFile(join(repository, '.gitignore'), 'built/\n')
  await git(env, repository, 'add', '--all')
  await git(env, repository, 'commit', '--quiet', '--message=Ignore')
  const { worktree } = await start('login')
  const running = await runs('login')
  await converse(await show('login'))
  await writeFile(join(worktree, 'file.txt'), 'changed\n')
  await writeFile(join(worktree, 'HANDOFF.md'), 'note\n')
  await mkdir(join(worktree, 'built'))
  await writeFile(join(worktree, 'built/large'), 'x'.repeat(4000))
  expect(await value(client.call('session.leavings', { name: 'login' }))).toEqual({
    commits: 0,
    uncommitted: ['file.txt', 'HANDOFF.md'],
    ignored: [{ path: 'built/', bytes: 4000, files: 1 }],
    ignoredBytes: 4000,
    ignoredCount: 1,
    running: true,
  })
  expect(await value(client.call('session.archive', { name: 'login' }))).toMatchObject({ state: 'archived', dirty: false })
  await until(async () => ((await show('login')).archive?.removed === true ? true : null))
  expect(await readdir(`${repository}.worktrees`)).toEqual([])
  expect(() => process.kill(running.pid ?? 0, 0)).toThrow('ESRCH')
  expect(await client.call('session.resume', { name: 'login' })).toMatchObject({ failure: { code: 'worktree-missing' } })
  expect(await client.call('session.approve', { name: 'login' })).toMatchObject({ failure: { code: 'worktree-missing' } })

  await house.close()
  await open()
  expect(await show('login')).toMatchObject({ state: 'archived', archive: { removed: true } })
  expect(await value(client.call('session.restore', { name: 'login' }))).toMatchObject({ state: 'exited', dirty: true })
  expect(await readFile(join(worktree, 'file.txt'), 'utf8')).toBe('changed\n')
  expect(await git(env, worktree, 'status', '--porcelain')).toBe(' M file.txt\n?? HANDOFF.md')
  await rm(join(folder, 'home', 'started.login'))
  await value(client.call('session.resume', { name: 'login' }))
  expect(await words('login')).toContain(running.claudeSession)
  expect(await words('login')).toContain('--resume')
})

test('a start that is withdrawn leaves no folder of its own', async () => {
  // Good enough to be asked for its version, and gone when it is to be started.
  const vanishing = QUIET.replace('--version) ', `--version) [ -d "${repository}.worktrees/never" ] && chmod -x "$0"; `)
  await writeFile(join(folder, 'claude'), vanishing)
  expect(await client.call('session.start', { name: 'never', prompt: 'x' })).toMatchObject({ ok: false })
  await until(async () => ((await readdir(join(folder, 'data', 'sessions'))).length === 0 ? true : null))
})
