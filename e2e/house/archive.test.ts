/** Archiving and restoring in the real House, with a quiet program for Claude Code: what runs is stopped, what is kept comes back. */

import { chmod, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createMemoryCarrier } from '../../electron/bridge/memory.ts'
import { compose, type RunningHouse } from '../../electron/compose.ts'
import { createLog } from '../../electron/kit/log.ts'
import { createClient, type Client } from '../../shared/client.ts'
import type { Session } from '../../shared/model/session.ts'
import { git } from '../demo/repository.ts'
import { scrub } from '../model/claude-home.ts'
import { until } from '../until.ts'

/** Says its version; else writes down how it was started, and waits. It fails where a file says so. */
const QUIET = `#!/bin/sh
case "$1" in --version) echo "2.1.329 (Claude Code)"; exit 0;; esac
for word in "$@"; do printf '%s\\n' "$word"; done >"$HOME/started.$SLUICE_SESSION"
trap "exit 0" TERM HUP
while :; do sleep 1; done
`

let folder: string
let repository: string
let env: Record<string, string>
let house: RunningHouse
let client: Client
const logged: string[] = []

async function open(): Promise<void> {
  const composed = await compose({
    dataDir: join(folder, 'data'),
    env,
    claude: join(folder, 'claude'),
    version: 'test',
    log: createLog({ write: (line) => logged.push(line) }, () => new Date()),
    screensWorker: new URL('../../electron/terminals/screens-worker.ts', import.meta.url),
  })
  if (!composed.ok) throw new Error(composed.failure.message)
  house = composed.value
  await house.open(repository)
  house.trust()
  client = createClient(createMemoryCarrier(house))
}

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'sluice-archive-')))
  repository = join(folder, 'shop')
  logged.length = 0
  await mkdir(repository)
  await mkdir(join(folder, 'home'))
  await writeFile(join(folder, 'home', '.gitconfig'), '[user]\n\tname = Ada\n\temail = ada@example.com\n')
  await writeFile(join(folder, 'claude'), QUIET)
  await chmod(join(folder, 'claude'), 0o755)
  const home = join(folder, 'home')
  env = { ...scrub(process.env), HOME: home, CLAUDE_CONFIG_DIR: join(home, '.claude'), SHELL: '/bin/sh' }
  await git(env, repository, 'init', '--quiet', '--initial-branch=main')
  await writeFile(join(repository, 'file.txt'), 'one\n')
  await git(env, repository, 'add', '--all')
  await git(env, repository, 'commit', '--quiet', '--message=First')
  await open()
})

afterEach(async () => {
  await house.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  const faults = logged.filter((line) => line.includes('"level":"fault"'))
  if (faults.length > 0) throw new Error(faults.join('\n'))
})

async function value<T>(answer: Promise<{ ok: true; value: T } | { ok: false; failure: { message: string } }>): Promise<T> {
  const got = await answer
  if (!got.ok) throw new Error(got.failure.message)
  return got.value
}

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
    ignored: [{ path: 'built/', bytes: 4000 }],
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
