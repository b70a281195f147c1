import { spawnSync } from 'node:child_process'
import { mkdir, readdir, readFile, rm, statfs, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createRepository, filesBelow, temporaryFolder } from '../../git/testing/repository.ts'
import { createGit, type Git } from '../../git/run.ts'
import { parseOid } from '../../git/names.ts'
import { until } from '../../terminals/testing/until.ts'
import { begin, live } from './testing/life.ts'

/** Small, and the same on every machine (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const same = (got: unknown, wanted: unknown): void => expect(got).toEqual(wanted)
const succeeded = (answer: { readonly ok: boolean }): void => expect(answer).toMatchObject({ ok: true })

test('whatever is written, staged and committed between archiving and restoring, nothing of it is lost', async () => {
  const seeds = Math.ceil(Number(process.env['FAULT_ROUNDS'] ?? 100) / 100)
  for (let seed = 2; seed < 2 + seeds; seed += 1) {
    const random = randomFrom(seed)
    const { git, path, rawIn, raw, commit } = await createRepository()
    const head = await commit('files', { 'a.txt': 'a\n', '.gitignore': 'ignored\n' })
    const life = await live({ path, head, git })
    onTestFinished(() => life.close())
    const worktree = await begin(life, git, path, head)
    const session = life.session('login')
    const inside = (...args: string[]): Promise<string> => rawIn(worktree, ...args)
    const commits = new Set<string>([head])
    /** The content of every file as it was before each archive: it must come back with the next restore. */
    let expected: readonly [string, string][] = []
    let archived = false
    const contents = async (): Promise<readonly [string, string][]> => {
      const names = filesBelow(worktree).filter((name) => name !== 'ignored')
      const texts = names.map(
        async (name) => [name, await readFile(join(worktree, name), 'utf8').catch(() => null)] as [string, string],
      )
      // An empty folder is nothing to git.
      const files = (await Promise.all(texts)).filter(([, text]) => text !== null)
      return [...files, ['status', await inside('status', '--porcelain=v2', '--untracked-files=all')]]
    }
    for (let operation = 0; operation < 100; operation += 1) {
      const name = ['a.txt', 'b.txt', 'deep/c.txt', 'deep/er/ü d', 'x'][random(5)]!
      const kind = random(archived ? 2 : 12)
      if (archived) {
        succeeded(await life.archive.restore(session))
        same([seed, operation, await contents()], [seed, operation, expected])
        archived = false
      } else if (kind < 5) {
        await mkdir(dirname(join(worktree, name)), { recursive: true })
        await writeFile(join(worktree, name), `${seed} ${operation}\n`)
      } else if (kind === 5) await rm(join(worktree, name), { force: true })
      else if (kind === 6) await inside('add', '--all')
      else if (kind === 7) await inside('add', '--', name).catch(() => '')
      else if (kind === 8) await inside('reset', '--quiet')
      else if (kind === 9) {
        await inside('commit', '--quiet', '--allow-empty', `--message=${operation}`)
        commits.add(await inside('rev-parse', 'HEAD'))
      } else {
        expected = await contents()
        succeeded(await life.archive.archive(session))
        await until('its folder is gone', () => session.record().archive?.removed === true)
        archived = true
      }
    }
    if (archived) succeeded(await life.archive.restore(session))
    await raw('gc', '--quiet', '--prune=now')
    const reachable = new Set((await raw('rev-list', '--all', 'HEAD')).split('\n'))
    expect([...commits].filter((commit) => !reachable.has(commit))).toEqual([])
    await raw('fsck', '--connectivity-only', '--no-dangling')
    expect((await readdir(`${path}.worktrees`)).toSorted()).toEqual(['login'])
    expect(life.faults).toEqual([])
  }
}, 1_800_000)

test('a full disk refuses the archive with a sentence, keeps everything, and the next try works', async () => {
  const folder = await temporaryFolder()
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'none', folder]).status === 0
  onTestFinished(() => void (mounted ? spawnSync('umount', [folder]) : undefined))
  // Without the right to mount a small disk: a git that may write no file larger than a few blocks is refused just the same.
  const [limited, roomy] = [join(folder, 'limited'), createGit({ env: process.env })]
  await writeFile(limited, '#!/bin/sh\nulimit -f 20\nexec git "$@"\n', { mode: 0o755 })
  const cramped = createGit({ env: process.env, binary: limited })
  let full = false
  const git: Git = { run: (request) => (full && !mounted ? cramped : roomy).run(request) }
  const path = join(folder, 'shop')
  await mkdir(path)
  const raw = async (cwd: string, ...args: string[]): Promise<string> => {
    const ended = await git.run({ cwd, args, writes: true })
    if (ended.code !== 0) throw new Error(ended.stderr)
    return ended.stdout.toString().trimEnd()
  }
  await raw(path, 'init', '--quiet', '--initial-branch=main')
  await raw(
    path,
    '-c',
    'user.name=Ada',
    '-c',
    'user.email=ada@example.com',
    'commit',
    '--quiet',
    '--allow-empty',
    '--message=first',
  )
  const head = parseOid(await raw(path, 'rev-parse', 'HEAD'))
  if (head === null) throw new Error('There is no commit.')
  const life = await live({ path, head, git })
  onTestFinished(() => life.close())
  const worktree = await begin(life, git, path, head)
  // Content that git cannot make smaller.
  await writeFile(join(worktree, 'work'), crypto.getRandomValues(new Uint8Array(60_000)))
  await writeFile(join(worktree, 'more'), crypto.getRandomValues(new Uint8Array(60_000)))
  const { bavail, bsize } = await statfs(folder)
  if (mounted) await writeFile(join(folder, 'filler'), Buffer.alloc(Math.max(0, bavail - 20) * bsize))
  full = true
  const before = [await readFile(join(worktree, 'work')), filesBelow(worktree)]
  expect(await life.archive.archive(life.session('login'))).toMatchObject({
    failure: { code: expect.stringMatching(/not-removable|git-failed/u) },
  })
  expect([await readFile(join(worktree, 'work')), filesBelow(worktree)]).toEqual(before)
  full = false
  await rm(join(folder, 'filler'), { force: true })
  expect(await life.archive.archive(life.session('login'))).toMatchObject({ ok: true })
  await until('its folder is gone', () => life.session('login').record().archive?.removed === true)
  expect(await life.archive.restore(life.session('login'))).toMatchObject({ ok: true })
  expect([await readFile(join(worktree, 'work')), filesBelow(worktree)]).toEqual(before)
  await raw(path, 'fsck', '--connectivity-only', '--no-dangling')
})
