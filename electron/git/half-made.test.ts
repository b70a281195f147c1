import { spawn } from 'node:child_process'
import { chmod, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addWorktree } from './add-worktree.ts'
import { clearHalfMade } from './half-made.ts'
import { branchHead } from './refs.ts'
import { createGit } from './run.ts'
import { createRepository, isThere, type TestRepository } from './testing/repository.ts'
import { listWorktrees, LOCK_REASON } from './worktrees.ts'

async function planned() {
  const repository = await createRepository()
  const root = join(repository.around, 'w')
  const wanted = { path: join(root, 'a'), branch: 'a', from: await repository.oid('HEAD'), root }
  return { ...repository, root, wanted, clear: () => clearHalfMade(repository.git, repository.trusted, wanted) }
}

async function gone({ git, trusted, around }: TestRepository): Promise<void> {
  expect(isThere(join(around, 'w/a'))).toBe(false)
  expect(await branchHead(git, trusted, 'a')).toBeNull()
  expect(await listWorktrees(git, trusted)).toHaveLength(1)
  expect((await readdir(trusted.path, { recursive: true })).filter((name) => name.endsWith('.lock'))).toEqual([])
  expect(await readdir(join(trusted.path, '.git/worktrees')).catch(() => [])).toEqual([])
}

test('where nothing was made there is nothing to clear', async () => {
  const repository = await planned()
  expect(await repository.clear()).toEqual({ kind: 'cleared' })
  await gone(repository)
})

test('a killed addition is cleared wherever it was, and the next one works', async () => {
  const repository = await planned()
  const { git, trusted, wanted, commit, raw } = repository
  await commit(
    'files',
    Object.fromEntries(
      Array.from({ length: 400 }, (_, index) => [`f${index % 20}/${index}.txt`, `${'x'.repeat(2000)}${index}\n`]),
    ),
  )
  const from = await repository.oid('HEAD')
  const states = new Set<string>()
  for (let round = 0; round < 10; round += 1) {
    const args = ['worktree', 'add', '--lock', '--reason', LOCK_REASON, '-b', 'a', wanted.path, from]
    const child = spawn('git', args, { cwd: trusted.path, stdio: 'ignore', detached: true })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    const timer = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), round * 4)
    await ended
    clearTimeout(timer)
    const registration = join(trusted.path, '.git/worktrees/a')
    states.add([wanted.path, registration, join(registration, 'index')].map(isThere).join())
    expect(await clearHalfMade(git, trusted, { ...wanted, from })).toEqual({ kind: 'cleared' })
    await gone(repository)
  }
  expect(await addWorktree(git, trusted, { ...wanted, from })).toMatchObject({ ok: true })
  // The kills came early, in between and late.
  expect(states.size).toBeGreaterThan(1)
  expect(await raw('status', '--porcelain')).toBe('')
})

test('every step of an addition can be the last one', async () => {
  const repository = await planned()
  const { trusted, wanted, raw, clear, git } = repository
  const { path, from } = wanted
  const registration = join(trusted.path, '.git/worktrees/a')
  const put = (file: string, text: string) => writeFile(file, text)
  const steps: readonly (() => Promise<unknown>)[] = [
    () => put(join(trusted.path, '.git/refs/heads/a.lock'), ''),
    async () => (await rm(join(trusted.path, '.git/refs/heads/a.lock')), raw('branch', 'a', from)),
    () => mkdir(registration, { recursive: true }),
    () => put(join(registration, 'locked'), ''),
    () => put(join(registration, 'locked'), LOCK_REASON),
    () => mkdir(path, { recursive: true }),
    () => put(join(registration, 'gitdir'), ''),
    () => put(join(registration, 'gitdir'), `${path}/.git\n`),
    () => put(join(path, '.git'), ''),
    () => put(join(path, '.git'), `gitdir: ${registration}\n`),
    () => put(join(registration, 'HEAD'), ''),
    () => put(join(registration, 'HEAD'), `${'0'.repeat(40)}\n`),
    () => put(join(registration, 'commondir'), ''),
    () => put(join(registration, 'commondir'), '../..\n'),
    () => put(join(registration, 'HEAD'), 'ref: refs/heads/a\n'),
    () => put(join(registration, 'index.lock'), ''),
    () => put(join(path, 'README.md'), 'one\n'),
    () => put(join(path, 'README.md'), 'one\ntwo\nthree\n'),
  ]
  for (let last = 1; last <= steps.length; last += 1) {
    for (const step of steps.slice(0, last)) await step()
    expect([last, await clear()]).toEqual([last, { kind: 'cleared' }])
    await gone(repository)
    expect([last, (await addWorktree(git, trusted, wanted)).ok]).toEqual([last, true])
    expect([last, await clear()]).toEqual([last, { kind: 'cleared' }])
    await gone(repository)
  }
})

test('a branch alone, a registration alone, an empty folder alone are cleared', async () => {
  const repository = await planned()
  const { raw, wanted, root, git, trusted, clear } = repository
  await raw('branch', 'a', wanted.from)
  expect(await clear()).toEqual({ kind: 'cleared' })
  await gone(repository)
  await addWorktree(git, trusted, wanted)
  await rm(wanted.path, { recursive: true })
  expect(await clear()).toEqual({ kind: 'cleared' })
  await gone(repository)
  await mkdir(join(root, 'a'), { recursive: true })
  expect(await clear()).toEqual({ kind: 'cleared' })
  await gone(repository)
})

test('nothing that could be work is cleared', async () => {
  const { raw, rawIn, wanted, git, trusted, clear, commit } = await planned()
  const add = () => addWorktree(git, trusted, wanted)
  const kept = async (words: string) => expect(await clear()).toEqual({ kind: 'kept', message: expect.stringContaining(words) })

  await mkdir(wanted.path, { recursive: true })
  await writeFile(join(wanted.path, 'mine.txt'), 'x')
  await kept('files that git did not put there')
  await rm(wanted.path, { recursive: true })

  expect(await add()).toMatchObject({ ok: true })
  await writeFile(join(wanted.path, 'new.txt'), 'x')
  await kept('files that git did not put there')
  // The same when the index was never written.
  await rm(join(trusted.path, '.git/worktrees/a/index'))
  await kept('files that git did not put there')
  await rm(join(wanted.path, 'new.txt'))
  expect(await clear()).toEqual({ kind: 'cleared' })

  expect(await add()).toMatchObject({ ok: true })
  await rawIn(wanted.path, 'commit', '--quiet', '--allow-empty', '-m', 'work')
  await kept('commits of its own')
  await rawIn(wanted.path, 'reset', '--quiet', '--keep', wanted.from)
  await rawIn(wanted.path, 'checkout', '--quiet', '-b', 'other')
  await kept('files that git did not put there')
  await rawIn(wanted.path, 'checkout', '--quiet', 'a')
  expect(await clear()).toEqual({ kind: 'cleared' })

  await raw('checkout', '--quiet', '-b', 'a', wanted.from)
  await kept('checked out elsewhere')
  await commit('x')
  await kept('commits of its own')
})

test("submodules that the user's own hook fetched are cleared too, unless there is work in them", async () => {
  const repository = await planned()
  const { git, trusted, untrusted, wanted, raw, rawIn, commit } = repository
  const inner = await createRepository({ name: 'inner' })
  await raw('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.path, 'sub')
  const made = { ...wanted, from: await commit('a submodule') }
  const hook = join(trusted.path, '.git/hooks/post-checkout')
  await mkdir(join(trusted.path, '.git/hooks'), { recursive: true })
  await writeFile(hook, '#!/bin/sh\ngit -c protocol.file.allow=always submodule --quiet update --init\nexit 1\n')
  await chmod(hook, 0o755)

  expect(await addWorktree(git, trusted, made)).toMatchObject({ ok: false, failure: { code: 'git-failed' } })
  await gone(repository)

  await raw('worktree', 'add', '--quiet', '--lock', '--reason', LOCK_REASON, '-b', 'a', wanted.path, made.from).catch(
    () => undefined,
  )
  const sub = join(wanted.path, 'sub')
  const kept = async (checkout: typeof trusted, words: string) =>
    expect(await clearHalfMade(git, checkout, made)).toEqual({ kind: 'kept', message: expect.stringContaining(words) })
  // Before trust git does not look into submodules: nothing is proven of them.
  await kept(untrusted, 'submodules')
  await writeFile(join(sub, 'new.txt'), 'x')
  await kept(trusted, 'files that git did not put there')
  await rm(join(sub, 'new.txt'))
  await rawIn(sub, '-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', 'commit', '--quiet', '--allow-empty', '-m', 'work')
  await kept(trusted, 'files that git did not put there')
  await rawIn(sub, 'reset', '--quiet', '--keep', 'HEAD^')
  // Nor without an index.
  await rename(join(trusted.path, '.git/worktrees/a/index'), join(trusted.path, '.git/index-of-a'))
  expect(await clearHalfMade(git, trusted, made)).toMatchObject({ kind: 'kept' })
  await rename(join(trusted.path, '.git/index-of-a'), join(trusted.path, '.git/worktrees/a/index'))
  expect(await clearHalfMade(git, trusted, made)).toEqual({ kind: 'cleared' })
  await gone(repository)
})

test('a disk that is full, or git that dies, leaves nothing of an addition', async () => {
  const repository = await planned()
  const { trusted, wanted } = repository
  const plain = createGit({ env: process.env })
  const dying = {
    async run(run: Parameters<typeof plain.run>[0]) {
      if (!run.args.includes('add')) return plain.run(run)
      const branch = run.args[run.args.indexOf('-b') + 1]!
      await plain.run({ cwd: trusted.path, args: ['branch', branch, wanted.from], writes: true })
      return { code: 128, stdout: Buffer.alloc(0), stderr: 'fatal: write error: No space left on device\n', truncated: false }
    },
  }
  const result = await addWorktree(dying, trusted, wanted)
  expect(result).toMatchObject({
    ok: false,
    failure: { code: 'git-failed', message: expect.stringContaining('the disk is full. Make room, then try again.') },
  })
  await gone(repository)
})
