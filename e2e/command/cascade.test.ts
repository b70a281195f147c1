/** The verbs of the cascade, against a real host and a quiet program in place of Claude Code: order, names, copied files, overlap. */

import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Overlap } from '../../shared/model/overlap.ts'
import type { Session } from '../../shared/model/session.ts'
import { git } from '../demo/repository.ts'
import type { Host } from '../demo/sluice.ts'
import { until } from '../until.ts'
import { makeBench, type Bench } from './testing.ts'

let bench: Bench
let host: Host

beforeEach(async () => {
  bench = await makeBench()
  const claude = join(bench.folder, 'claude')
  await writeFile(claude, '#!/bin/sh\ncase "$1" in --version) echo "2.1.329 (Claude Code)";; *) sleep 60;; esac\n')
  await chmod(claude, 0o755)
  host = await bench.serve(bench.repository, '--trust', '--claude', claude)
})
afterEach(() => bench.close())

async function start(name: string, ...words: readonly string[]): Promise<Session> {
  const answer = await host.ask('session', 'start', name, '--prompt', 'x', ...words)
  expect(answer, JSON.stringify(answer.json)).toMatchObject({ code: 0 })
  return answer.json as Session
}

const names = (json: unknown): readonly string[] => (json as readonly Session[]).map(({ name }) => name)

test('move puts a session at its place, from 1, and refuses what is no place', async () => {
  for (const name of ['one', 'two', 'three']) await start(name)
  expect(names((await host.ask('session', 'move', 'three', '--to', '1')).json)).toEqual(['three', 'one', 'two'])
  expect(names((await host.ask('session', 'move', 'three', '--to', '99')).json)).toEqual(['one', 'two', 'three'])
  for (const words of [['--to', '0'], ['--to', 'left'], []])
    expect(await host.ask('session', 'move', 'one', ...words)).toMatchObject({ code: 2 })
  expect(await host.ask('session', 'move', 'none', '--to', '1')).toMatchObject({
    code: 1,
    json: { error: { code: 'no-session' } },
  })
  expect(names((await host.ask('session', 'list')).json)).toEqual(['one', 'two', 'three'])
})

test('rename keeps branch and worktree, answers to the old name, and refuses a name that is taken', async () => {
  const before = await start('one')
  await start('two')
  const { json } = await host.ask('session', 'rename', 'one', 'größer')
  expect(json).toMatchObject({ id: before.id, name: 'größer', branch: 'sluice/one', worktree: before.worktree })
  expect((await host.ask('session', 'show', 'one')).json).toMatchObject({ name: 'größer' })
  expect(await host.ask('session', 'rename', 'größer', 'TWO')).toMatchObject({ code: 1, json: { error: { code: 'name-taken' } } })
  expect(await host.ask('session', 'rename', 'größer', 'a..b')).toMatchObject({ code: 1, json: { error: { code: 'bad-name' } } })
})

test('files that git ignores are copied into a new worktree; what leaves the repository is refused', async () => {
  await writeFile(join(bench.repository, '.gitignore'), '.env*\n')
  await writeFile(join(bench.repository, '.env.local'), 'SECRET=1\n')
  await bench.git('add', '.gitignore')
  await bench.git('commit', '--quiet', '--message=Ignore')
  expect(await host.ask('config', 'set', 'copy', '["../outside"]')).toMatchObject({ code: 2 })
  expect((await host.ask('config', 'set', 'copy', '[".env*"]')).code).toBe(0)
  const { worktree, dirty } = await start('one')
  expect(await readFile(join(worktree, '.env.local'), 'utf8')).toBe('SECRET=1\n')
  expect(dirty).toBe(false)
})

test('overlap says which sessions clash, where, and who left the scope', async () => {
  const [one, two] = [await start('one', '--own', 'docs/**'), await start('two')]
  for (const [session, text] of [
    [one, '# One\n'],
    [two, '# Two\n'],
  ] as const) {
    await writeFile(join(session.worktree, 'README.md'), text)
    await git(bench.env, session.worktree, 'commit', '--quiet', '--all', `--message=${session.name}`)
  }
  const expected: Overlap = {
    pairs: [{ a: 'one', b: 'two', files: ['README.md'], kind: 'clash' }],
    outOfScope: [{ session: 'one', files: ['README.md'] }],
  }
  const seen = await until(async () => {
    const { json } = await host.ask('overlap')
    return (json as Overlap).pairs.length === 0 ? null : json
  })
  expect(seen).toEqual(expected)
})
