/** kill -9 of the host in the middle of things: the next start finishes or returns to a clean state, and says what is true. */

import { chmod, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Session } from '../../shared/model/session.ts'
import { git } from '../demo/repository.ts'
import { until } from '../until.ts'
import type { Host } from '../demo/sluice.ts'
import { makeBench, type Bench } from './testing.ts'

/** Each starts two hosts and several commands, on a machine that may be busy. */
const TIME_MS = 300_000

let bench: Bench
let claude: string

/** Stands for Claude Code where a test is not about it: says its version, then waits for its terminal to close. */
const QUIET = '#!/bin/sh\ncase "$1" in --version) echo "2.1.329 (Claude Code)";; *) while :; do sleep 0.2; done;; esac\n'

beforeEach(async () => {
  bench = await makeBench()
  claude = join(bench.folder, 'claude')
  await writeFile(claude, QUIET)
  await chmod(claude, 0o755)
})
afterEach(() => bench.close(), TIME_MS)

const serve = (): Promise<Host> => bench.serve(bench.repository, '--trust', '--claude', claude)

/** kill -9, and the end of the process seen. */
async function kill(host: Host): Promise<void> {
  process.kill(host.pid, 'SIGKILL')
  await host.stop()
}

const worktrees = async (): Promise<readonly string[]> =>
  (await bench.git('worktree', 'list', '--porcelain')).split('\n').filter((line) => line.startsWith('worktree '))

test('in the middle of a check: it starts over, lands, and no private worktree is left', { timeout: TIME_MS }, async () => {
  const [started, go] = [join(bench.folder, 'started'), join(bench.folder, 'go')]
  const first = await serve()
  await first.ask('config', 'set', 'checks', JSON.stringify([`touch ${started}; while [ ! -e ${go} ]; do sleep 0.05; done`]))
  const session = (await first.ask('session', 'start', 'a', '--prompt', 'x')).json as Session
  await writeFile(join(session.worktree, 'a.txt'), 'a\n')
  await git(bench.env, session.worktree, 'add', '--all')
  await git(bench.env, session.worktree, 'commit', '--quiet', '--message=A')
  await first.ask('session', 'approve', 'a')
  await first.ask('queue', 'add', 'a')
  await until(() => stat(started).catch(() => null))
  expect(await worktrees()).toHaveLength(3)
  await kill(first)

  const target = await bench.git('rev-parse', 'main')
  const second = await serve()
  expect((await second.ask('queue', 'list')).json).toMatchObject([{ session: 'a' }])
  expect(await bench.git('rev-parse', 'main')).toBe(target)
  await writeFile(go, '')
  expect((await second.ask('queue', 'wait', 'a', '--timeout', '30')).code).toBe(0)
  expect(await bench.git('log', '--format=%s', 'main')).toBe('A\nFirst')
  expect(await worktrees()).toHaveLength(2)
  // Its terminal hung up with the host; until it has ended, “unknown” is the truth. Then it is started again.
  expect((await second.ask('session', 'wait', 'a', '--state', 'starting', '--timeout', '20')).json).toMatchObject({ ahead: 0 })
  expect(await bench.git('fsck', '--connectivity-only')).toBe('')
})

test('while a session is set up: what nobody worked in is taken back', { timeout: TIME_MS }, async () => {
  const started = join(bench.folder, 'started')
  const first = await serve()
  await first.ask('config', 'set', 'setup', `touch ${started}; sleep 5`)
  const starting = first.ask('session', 'start', 'a', '--prompt', 'x')
  await until(() => stat(started).catch(() => null))
  await kill(first)
  await starting

  const second = await serve()
  expect((await second.ask('session', 'list')).json).toEqual([])
  expect(await worktrees()).toHaveLength(1)
  expect(await bench.git('for-each-ref', '--format=%(refname:short)', 'refs/heads')).toBe('main')
  await second.ask('config', 'set', 'setup', 'null')
  expect((await second.ask('session', 'start', 'a', '--prompt', 'x')).code).toBe(0)
})

test(
  'while a session is set up: what its setup had made is kept, as a session whose setup did not finish',
  { timeout: TIME_MS },
  async () => {
    const started = join(bench.folder, 'started')
    const first = await serve()
    await first.ask('config', 'set', 'setup', `echo made > made.txt; touch ${started}; sleep 5`)
    const starting = first.ask('session', 'start', 'a', '--prompt', 'x')
    await until(() => stat(started).catch(() => null))
    await kill(first)
    await starting

    const second = await serve()
    const [session] = (await second.ask('session', 'list')).json as Session[]
    expect(session).toMatchObject({ name: 'a', state: 'crashed', setupFailure: expect.stringContaining('set up') })
    expect((await stat(join(session!.worktree, 'made.txt'))).isFile()).toBe(true)
    await second.ask('config', 'set', 'setup', 'null')
    expect((await second.ask('session', 'resume', 'a')).code).toBe(0)
  },
)

test(
  'a Claude Code that outlives the host is said, not assumed away, and stopped when the user says so',
  { timeout: TIME_MS },
  async () => {
    await writeFile(claude, QUIET.replace('*)', '*) trap "" HUP TERM;'))
    const first = await serve()
    const session = (await first.ask('session', 'start', 'a', '--prompt', 'x')).json as Session
    await kill(first)

    const second = await serve()
    expect((await second.ask('session', 'show', 'a')).json).toMatchObject({ state: 'unknown', pid: session.pid })
    expect((await second.ask('session', 'resume', 'a')).json).toMatchObject({ error: { code: 'already-running' } })
    expect((await second.ask('session', 'stop', 'a')).json).toMatchObject({ state: 'exited' })
    expect((await second.ask('session', 'resume', 'a')).code).toBe(0)
    process.kill(((await second.ask('session', 'show', 'a')).json as Session).pid ?? 0, 'SIGKILL')
  },
)
