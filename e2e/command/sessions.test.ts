/** The verbs of `sluice session` and `sluice events`, against a real host and a quiet program in place of Claude Code. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Session } from '../../shared/model/session.ts'
import { runSluice, type Host } from '../demo/sluice.ts'
import { until } from '../until.ts'
import { makeBench, type Bench } from './testing.ts'

const LAUNCHER = join(import.meta.dirname, '../../build/sluice.mjs')

let bench: Bench
let host: Host

beforeEach(async () => {
  bench = await makeBench()
  const claude = join(bench.folder, 'claude')
  await writeFile(
    claude,
    '#!/bin/sh\ncase "$1" in --version) echo "2.1.329 (Claude Code)"; exit 0;; esac\nfor word in "$@"; do printf "%s\\n" "$word"; done >"$HOME/started.$SLUICE_SESSION"\ntrap "exit 0" TERM HUP\nwhile :; do sleep 1; done\n',
  )
  await chmod(claude, 0o755)
  host = await bench.serve(bench.repository, '--trust', '--claude', claude)
})
afterEach(() => bench.close())

async function ask(...words: readonly string[]): Promise<Session> {
  const answer = await host.ask(...words)
  expect(answer, JSON.stringify(answer)).toMatchObject({ code: 0 })
  return answer.json as Session
}

const start = (name: string, ...words: readonly string[]): Promise<Session> =>
  ask('session', 'start', name, '--prompt', 'x', ...words)

/** Without `--json`: what a person reads. */
async function read(...words: readonly string[]): Promise<{ readonly out: string; readonly err: string; readonly code: number }> {
  const child = spawn(process.execPath, [LAUNCHER, ...words, '--data', host.dataDir], { env: { ...bench.env } })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const [code] = await once(child, 'close')
  return { out, err, code: Number(code) }
}

test('beyond the limit a session waits in line, is started when there is room, and can be taken out', async () => {
  await host.ask('config', 'set', 'maxSessions', '1')
  await start('one')
  expect(await start('two')).toMatchObject({ state: 'starting', place: 1 })
  const third = await read('session', 'start', 'three', '--prompt', 'x')
  expect(third.out).toMatch(/place 2 in the line.*\n.*makes room.*maxSessions/u)
  expect((await read('session', 'send', 'three', 'go on')).err).toContain('in line for room to run, at place 2')
  expect((await read('session', 'list')).out.split('\n')[2]).toContain('place 2 in the line')
  expect(await ask('session', 'stop', 'two')).toMatchObject({ state: 'exited' })
  await ask('session', 'stop', 'one')
  const started = await until(async () => {
    const session = await ask('session', 'show', 'three')
    return session.pid === undefined ? null : session
  })
  expect(started).not.toHaveProperty('place')
})

test('a fork needs a conversation, takes a name and a prompt, and a research session is refused by every verb of landing', async () => {
  const first = await start('login')
  expect(await host.ask('session', 'fork', 'login', 'other')).toMatchObject({
    code: 1,
    json: { error: { code: 'no-conversation' } },
  })
  const slug = join(bench.env['CLAUDE_CONFIG_DIR']!, 'projects', 'shop')
  await mkdir(slug, { recursive: true })
  await writeFile(join(slug, `${first.claudeSession}.jsonl`), '{}\n')
  const words = ['session', 'fork', 'login', 'other', '--prompt', '-', '--data', host.dataDir]
  const fork = await runSluice(bench.env, words, 'Try it otherwise.\n')
  expect(fork).toMatchObject({ code: 0, json: { name: 'other', forkedFrom: first.id, prompt: 'Try it otherwise.\n' } })
  const given = await until(() => readFile(join(bench.env['HOME']!, 'started.other'), 'utf8').catch(() => null))
  expect(given).toContain(`--resume\n${first.claudeSession}\n--fork-session`)
  expect(await ask('session', 'fork', 'login', 'why', '--research')).toMatchObject({ research: true, worktree: bench.repository })
  for (const refused of [
    ['session', 'approve', 'why'],
    ['queue', 'add', 'why'],
    ['queue', 'retry', 'why'],
    ['diff', 'why'],
  ])
    expect(await host.ask(...refused)).toMatchObject({ code: 1, json: { error: { code: 'research' } } })
})

test('a research session has no worktree, and takes a budget', async () => {
  const research = await start('why', '--research', '--budget-usd', '2.5')
  expect(research).toMatchObject({ research: true, worktree: bench.repository, permissionMode: 'plan', budgetUsd: 2.5 })
  expect((await bench.git('worktree', 'list', '--porcelain')).match(/^worktree /gmu)).toHaveLength(1)
  expect((await read('session', 'show', 'why')).out).toContain('research')
})

test('verbs that there is nothing for are refused with what to do', async () => {
  await start('login')
  for (const [words, code] of [
    [['session', 'allow', 'login'], 'nothing-asked'],
    [['session', 'deny', 'login'], 'nothing-asked'],
    [['session', 'restore', 'login'], 'not-archived'],
    [['session', 'repair', 'login'], 'nothing-to-repair'],
    [['session', 'import', 'no-such-folder'], 'not-a-worktree'],
    [['queue', 'drop-handoff', 'login'], 'not-blocked'],
  ] as const) {
    const answer = await host.ask(...words)
    expect(answer, words.join(' ')).toMatchObject({ code: 1, json: { error: { code, message: expect.stringMatching(/\.$/u) } } })
  }
  for (const verb of ['interrupt', 'pause', 'archive', 'restore', 'repair', 'leavings', 'output', 'allow', 'deny'])
    expect(await host.ask('session', verb, 'nobody'), verb).toMatchObject({ code: 1, json: { error: { code: 'no-session' } } })
})

test('import without a path lists the worktrees that no session has; one that cannot be imported says so there', async () => {
  expect((await read('session', 'import')).out).toContain('There is no worktree')
  const [loose, cart] = [join(bench.folder, 'loose'), join(bench.folder, 'cart')]
  await bench.git('worktree', 'add', '--quiet', '--detach', loose)
  await bench.git('worktree', 'add', '--quiet', '-b', 'cart', cart)
  await start('login')
  const { out } = await read('session', 'import')
  expect(out.trimEnd().split('\n').toSorted()).toEqual([
    `${cart}  cart`,
    expect.stringMatching(`^${loose}  no branch  .*git switch`),
  ])
  const json = (await host.ask('session', 'import')).json
  expect(json).toEqual(expect.arrayContaining([expect.objectContaining({ branch: null, problem: expect.any(String) })]))
  expect((await read('session', 'import', bench.repository)).err).toContain('“sluice session import” without a path lists')
  expect(await ask('session', 'import', cart)).toMatchObject({ name: 'cart' })
})

test('archiving says what goes, a wait for it ends, the list shows it last, and restoring brings it back', async () => {
  await writeFile(join(bench.repository, '.gitignore'), 'cache/\n')
  await bench.git('add', '--all')
  await bench.git('commit', '--quiet', '--message=Ignore')
  const session = await start('login')
  await start('cart')
  await mkdir(join(session.worktree, 'cache'))
  await writeFile(join(session.worktree, 'cache', 'big'), 'x'.repeat(2_000_000))
  await writeFile(join(session.worktree, 'new.txt'), 'new\n')
  expect((await host.ask('session', 'leavings', 'login')).json).toMatchObject({
    uncommitted: ['new.txt'],
    ignored: [{ path: 'cache/', files: 1 }],
    running: true,
  })
  await ask('session', 'stop', 'login')
  const waiting = host.ask('session', 'wait', 'login', '--state', 'archived', '--timeout', '60')
  const archived = await read('session', 'archive', 'login')
  expect([archived.code, archived.err]).toEqual([
    0,
    expect.stringMatching(/^2\.0 MB that git ignores .*\n.*cache\/ \(1 file\)\n$/u),
  ])
  expect(await waiting).toMatchObject({ code: 0, json: { state: 'archived' } })
  expect((await read('session', 'list')).out.split('\n').map((row) => row.slice(0, 8))).toEqual(['1  cart ', '–  login', ''])
  expect(await host.ask('session', 'wait', 'login', '--state', 'idle')).toMatchObject({ code: 5 })
  expect(await ask('session', 'restore', 'login')).toMatchObject({ state: 'exited' })
  expect(await readFile(join(session.worktree, 'new.txt'), 'utf8')).toBe('new\n')
})

test('events are followed without a gap, filtered, and end with 3 when the host stops', async () => {
  await start('login')
  const words = ['events', '--follow', '--json', '--session', 'login', '--kind', 'session-renamed', '--kind', 'session-started']
  const child = spawn(process.execPath, [LAUNCHER, ...words, '--data', host.dataDir], { env: { ...bench.env } })
  const lines: { kind: string; name: string }[] = []
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(JSON.parse(line) as (typeof lines)[number]))
  await until(() => Promise.resolve(lines.length > 0 ? true : null))
  await ask('session', 'rename', 'login', 'sign-in')
  await start('cart')
  await ask('session', 'rename', 'sign-in', 'log-on')
  await until(() => Promise.resolve(lines.length > 2 ? true : null))
  expect(lines.map(({ kind, name }) => [kind, name])).toEqual([
    ['session-started', 'login'],
    ['session-renamed', 'sign-in'],
    ['session-renamed', 'log-on'],
  ])
  expect((await read('events', '--last', '1', '--kind', 'session-renamed')).out).toMatch(
    /^\d+ {2}\S+ {2}log-on {2}Renamed to “log-on”\n$/u,
  )
  expect(await host.ask('events', '--session', 'nobody')).toMatchObject({ code: 1, json: { error: { code: 'no-session' } } })
  const ended = once(child, 'exit')
  await host.stop()
  expect(await ended).toEqual([3, null])
})

test('a reader of events that goes away ends the command quietly', async () => {
  const child = spawn(process.execPath, [LAUNCHER, 'events', '--follow', '--data', host.dataDir], { env: { ...bench.env } })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  await once(child.stdout, 'data')
  child.stdout.destroy()
  const ended = once(child, 'exit')
  await start('login')
  expect(await ended).toEqual([0, null])
  expect(said).toBe('')
})
