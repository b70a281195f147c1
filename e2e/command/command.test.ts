/** The public contract of `sluice`, against a real host: exit codes, JSON, and sentences for bad input. */

import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { git } from '../demo/repository.ts'
import { runSluice } from '../demo/sluice.ts'
import { makeBench, type Bench } from './testing.ts'

let bench: Bench

beforeEach(async () => {
  bench = await makeBench()
})
afterEach(() => bench.close())

const serveOnce = (...words: readonly string[]) =>
  runSluice(bench.env, ['serve', ...words, '--no-open', '--data', join(bench.folder, 'data')])

describe('starting', () => {
  test('a folder that is no repository is refused with what to do', async () => {
    const plain = join(bench.folder, 'plain')
    await mkdir(plain)
    const answer = await serveOnce(plain)
    expect(answer).toMatchObject({
      code: 1,
      json: { error: { code: 'not-a-repository', message: expect.stringContaining('git init') } },
    })
  })

  test('a bare repository, and one without a commit, are refused', async () => {
    await git(bench.env, bench.folder, 'init', '--quiet', '--bare', 'bare.git')
    await git(bench.env, bench.folder, 'init', '--quiet', 'empty')
    expect(await serveOnce(join(bench.folder, 'bare.git'))).toMatchObject({ code: 1, json: { error: { code: 'bare' } } })
    expect(await serveOnce(join(bench.folder, 'empty'))).toMatchObject({ code: 1, json: { error: { code: 'no-commits' } } })
  })

  test('a second host on the same data directory is refused, and the first one goes on', async () => {
    const host = await bench.serve(bench.repository)
    expect(await serveOnce(bench.repository)).toMatchObject({ code: 1, json: { error: { code: 'in-use' } } })
    expect((await host.ask('status')).code).toBe(0)
  })

  test('SIGTERM ends it with 0, and it starts again with what it knew', async () => {
    const first = await bench.serve(bench.repository, '--trust')
    await first.ask('config', 'set', 'checks', '["npm test"]')
    expect(await first.stop()).toBe(0)
    const second = await bench.serve(bench.repository)
    expect((await second.ask('config', 'get', 'checks')).json).toEqual(['npm test'])
  })

  test('a damaged database is set aside and the app starts', async () => {
    await mkdir(join(bench.folder, 'data'))
    await writeFile(join(bench.folder, 'data', 'sluice.db'), 'this is not a database, and it is longer than a header needs to be')
    const host = await bench.serve(bench.repository)
    expect(await host.ask('status')).toMatchObject({ code: 0, json: { sessions: [], queue: [], spentUsd: 0 } })
  })
})

describe('asking and setting', () => {
  test('without a host every verb ends with 3', async () => {
    const answer = await runSluice(bench.env, ['status', '--data', join(bench.folder, 'nowhere')])
    expect(answer).toMatchObject({ code: 3, json: { error: { code: 'no-host' } } })
  })

  test('the status names repository and target', async () => {
    const host = await bench.serve(bench.repository)
    const head = await bench.git('rev-parse', 'HEAD')
    expect((await host.ask('status')).json).toEqual({
      repository: bench.repository,
      target: { branch: 'main', head },
      sessions: [],
      queue: [],
      spentUsd: 0,
    })
  })

  test.each([
    [['config', 'set', 'colour', 'red'], 'colour'],
    [['config', 'set', 'maxSessions', '0'], 'maxSessions'],
    [['config', 'set', 'checks', '{"a":1}'], 'checks'],
    [['config', 'set', 'target', 'no-such-branch'], 'no-such-branch'],
    [['session', 'dance', 'x'], 'dance'],
    [['session', 'start', 'x'], '--prompt'],
    [['session', 'wait', 'x', '--state', 'happy'], 'happy'],
    [['status', '--loud'], '--loud'],
  ])('%j is a usage error that says why, and nothing is written', async (words, named) => {
    const host = await bench.serve(bench.repository)
    const before = (await host.ask('config', 'get')).json
    const answer = await host.ask(...words)
    expect(answer.code).toBe(2)
    expect(JSON.stringify(answer.json)).toContain(named)
    expect((await host.ask('config', 'get')).json).toEqual(before)
  })

  test('a detached HEAD takes the usual branch as its target', async () => {
    await bench.git('checkout', '--quiet', '--detach')
    const host = await bench.serve(bench.repository)
    expect((await host.ask('status')).json).toMatchObject({ target: { branch: 'main' } })
  })

  test('a target that is gone is said, not guessed', async () => {
    await bench.git('checkout', '--quiet', '--detach')
    const host = await bench.serve(bench.repository, '--trust', '--claude', '/bin/true')
    await bench.git('branch', '--quiet', '-m', 'main', 'renamed')
    const refused = await host.ask('session', 'start', 'lost', '--prompt', 'x')
    expect(refused).toMatchObject({ code: 1, json: { error: { code: 'no-target' } } })
  })

  test('a name that no session has is refused by every verb that takes one', async () => {
    const host = await bench.serve(bench.repository)
    for (const words of [
      ['session', 'show'],
      ['session', 'approve'],
      ['session', 'stop'],
      ['diff'],
      ['queue', 'add'],
      ['queue', 'wait'],
    ]) {
      const answer = await host.ask(...words, 'nobody')
      expect(answer.code, words.join(' ')).toBe(1)
    }
    expect(await host.ask('session', 'send', 'nobody', 'x')).toMatchObject({ code: 1, json: { error: { code: 'no-session' } } })
  })

  test('events are one JSON object a line', async () => {
    const host = await bench.serve(bench.repository, '--trust')
    await host.ask('config', 'set', 'maxSessions', '4')
    const lines = (await runLines('events', '--data', host.dataDir)).map(
      (line) => JSON.parse(line) as { seq: number; kind: string },
    )
    expect(lines.map((line) => line.kind)).toEqual(['repository-opened', 'repository-trusted', 'config-set'])
    expect(lines.map((line) => line.seq)).toEqual(lines.map((_line, index) => lines[0]!.seq + index))
  })
})

async function runLines(...words: readonly string[]): Promise<readonly string[]> {
  const { execFile } = await import('node:child_process')
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [join(import.meta.dirname, '../../build/sluice.mjs'), ...words, '--json'],
      { env: { ...bench.env } },
      (error, stdout) => (error === null ? resolve(stdout.trimEnd().split('\n')) : reject(error)),
    )
  })
}

describe('a session that cannot start leaves nothing', () => {
  const nothingLeft = async (): Promise<void> => {
    expect(await bench.git('for-each-ref', '--format=%(refname:short)', 'refs/heads')).toBe('main')
    expect(
      (await bench.git('worktree', 'list', '--porcelain')).split('\n').filter((line) => line.startsWith('worktree ')),
    ).toHaveLength(1)
  }

  test.each([
    ['', 'needs a name'],
    ['a..b', '..'],
    ['with space', 'space'],
    ['x'.repeat(300), '100 bytes'],
    ['up/down', '/'],
    ['x.lock', '.lock'],
  ])('the name %j is refused', async (name, said) => {
    const host = await bench.serve(bench.repository, '--trust')
    const answer = await host.ask('session', 'start', name, '--prompt', 'x')
    expect(answer).toMatchObject({ code: 1, json: { error: { code: 'bad-name', message: expect.stringContaining(said) } } })
    await nothingLeft()
  })

  test('a name that starts with “-” is refused, also after “--”', async () => {
    const host = await bench.serve(bench.repository, '--trust')
    expect((await host.ask('session', 'start', '-x', '--prompt', 'x')).code).toBe(2)
    const answer = await host.ask('session', 'start', '--prompt', 'x', '--', '-x')
    expect(answer).toMatchObject({ code: 1, json: { error: { code: 'bad-name' } } })
    await nothingLeft()
  })

  test('a program that is not Claude Code, or too old, is refused with its path', async () => {
    const old = join(bench.folder, 'old-claude')
    await writeFile(old, '#!/bin/sh\necho "2.0.0 (Claude Code)"\n')
    await chmod(old, 0o755)
    const host = await bench.serve(bench.repository, '--trust', '--claude', old)
    const answer = await host.ask('session', 'start', 'x', '--prompt', 'x')
    expect(answer).toMatchObject({ code: 1, json: { error: { code: 'claude-too-old', message: expect.stringContaining(old) } } })
    await nothingLeft()
  })

  test('a failing setup command is shown, and the session is kept to be set up again', async () => {
    const claude = join(bench.folder, 'claude')
    await writeFile(claude, '#!/bin/sh\necho "2.1.329 (Claude Code)"\n')
    await chmod(claude, 0o755)
    const host = await bench.serve(bench.repository, '--trust', '--claude', claude)
    await host.ask('config', 'set', 'setup', 'touch made && echo no network here && exit 7')
    const answer = await host.ask('session', 'start', 'x', '--prompt', 'x')
    expect(answer).toMatchObject({
      code: 1,
      json: { error: { code: 'setup-failed', message: expect.stringContaining('no network here') } },
    })
    expect((await host.ask('session', 'list')).json).toMatchObject([
      { name: 'x', state: 'crashed', setupFailure: expect.stringContaining('exited with 7') },
    ])
  })

  test('a folder that cannot be made is said with what to do', async () => {
    const claude = join(bench.folder, 'claude')
    await writeFile(claude, '#!/bin/sh\necho "2.1.329 (Claude Code)"\n')
    await chmod(claude, 0o755)
    await writeFile(join(bench.folder, 'file'), 'in the way\n')
    const host = await bench.serve(bench.repository, '--trust', '--claude', claude)
    await host.ask('config', 'set', 'worktrees', join(bench.folder, 'file', 'worktrees'))
    const answer = await host.ask('session', 'start', 'x', '--prompt', 'x')
    expect(answer).toMatchObject({
      code: 1,
      json: { error: { code: 'read-only', message: expect.stringContaining(join(bench.folder, 'file')) } },
    })
    await nothingLeft()
  })

  test('unicode names are fine', async () => {
    const claude = join(bench.folder, 'claude')
    await writeFile(claude, '#!/bin/sh\ncase "$1" in --version) echo "2.1.329 (Claude Code)";; *) sleep 60;; esac\n')
    await chmod(claude, 0o755)
    const host = await bench.serve(bench.repository, '--trust', '--claude', claude)
    const answer = await host.ask('session', 'start', 'größe-海', '--prompt=--not-an-option')
    expect(answer, JSON.stringify(answer)).toMatchObject({ code: 0, json: { branch: 'sluice/größe-海' } })
    expect(await bench.git('for-each-ref', '--format=%(refname)', 'refs/heads/sluice')).toContain('größe')
    expect(await host.ask('session', 'wait', 'größe-海', '--state', 'idle', '--timeout', '1')).toMatchObject({ code: 4 })
    expect((await host.ask('session', 'stop', 'größe-海')).json).toMatchObject({ state: 'exited' })
  })
})
