import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addDetachedWorktree, addWorktree } from './add-worktree.ts'
import { branchHead, currentBranch, headOf } from './refs.ts'
import { worktreeIsPristine } from './status.ts'
import { createRepository, filesBelow, isThere } from './testing/repository.ts'
import {
  branchCheckedOutAt,
  listWorktrees,
  lockWorktree,
  LOCK_REASON,
  parseWorktrees,
  unlockWorktree,
  usesOfBranch,
} from './worktrees.ts'

test('a worktree is made on a new branch, locked, clean, and without an upstream', async () => {
  const { git, trusted, around, oid, raw, commit } = await createRepository()
  const from = await oid('HEAD')
  await commit('later')
  await raw('config', 'branch.autoSetupMerge', 'always')
  const path = join(around, 'shop.worktrees', 'größe 😀')
  expect(await addWorktree(git, trusted, { path, branch: 'sluice/größe', from })).toEqual({ ok: true, value: undefined })
  const there = { path, trusted: true }
  expect(await currentBranch(git, there)).toBe('sluice/größe')
  expect(await headOf(git, there)).toBe(from)
  expect(await worktreeIsPristine(git, there)).toBe(true)
  expect((await listWorktrees(git, trusted))[1]).toEqual({
    path,
    head: from,
    branch: 'sluice/größe',
    bare: false,
    locked: LOCK_REASON,
    main: false,
  })
  expect(await raw('config', '--list')).not.toContain('branch.sluice')
})

test('a detached worktree has no branch', async () => {
  const { git, trusted, around, oid, raw } = await createRepository()
  const path = join(around, 'private', 'one')
  expect(await addDetachedWorktree(git, trusted, { path, commit: await oid('HEAD') })).toMatchObject({ ok: true })
  expect((await listWorktrees(git, trusted))[1]).toMatchObject({ path, branch: null, locked: LOCK_REASON })
  expect(await raw('for-each-ref', '--format=%(refname)')).toBe('refs/heads/main')
})

test('eight worktrees made one after the other, and several lists at once, all work', async () => {
  const { git, trusted, around, oid } = await createRepository()
  const from = await oid('HEAD')
  for (let index = 0; index < 8; index += 1) {
    expect(await addWorktree(git, trusted, { path: join(around, 'w', `${index}`), branch: `s/${index}`, from })).toMatchObject({
      ok: true,
    })
  }
  const lists = await Promise.all(Array.from({ length: 6 }, () => listWorktrees(git, trusted)))
  for (const list of lists) expect(list).toHaveLength(9)
})

test('what stands in the way is named, and nothing is left behind', async () => {
  const { git, trusted, around, oid, raw } = await createRepository()
  const from = await oid('HEAD')
  const root = join(around, 'w')
  await raw('branch', 'taken')
  await raw('branch', 'sluice')
  await mkdir(join(root, 'full'), { recursive: true })
  await writeFile(join(root, 'full', 'work.txt'), 'precious\n')
  await writeFile(join(root, 'file'), 'precious\n')
  const before = [filesBelow(around), await raw('for-each-ref'), (await listWorktrees(git, trusted)).length]
  const attempts = [
    [{ path: join(root, 'a'), branch: 'taken' }, 'branch-exists', '“taken” exists already'],
    [{ path: join(root, 'a'), branch: 'sluice/a' }, 'branch-exists', '“sluice”'],
    [{ path: join(root, 'a'), branch: '-x' }, 'bad-name', 'does not allow'],
    [{ path: join(root, 'full'), branch: 'b' }, 'folder-exists', 'not empty'],
    [{ path: join(root, 'file'), branch: 'b' }, 'folder-exists', 'file'],
    [{ path: join(root, 'file', 'below'), branch: 'b' }, 'read-only', 'file is no folder'],
    [{ path: '/proc/sluice/below', branch: 'b' }, 'read-only', 'in /proc'],
    [{ path: 'relative', branch: 'b' }, 'git-failed', 'absolute'],
  ] as const
  for (const [wanted, code, words] of attempts) {
    const result = await addWorktree(git, trusted, { ...wanted, from })
    expect(result).toMatchObject({ ok: false, failure: { code, message: expect.stringContaining(words) } })
  }
  expect([filesBelow(around), await raw('for-each-ref'), (await listWorktrees(git, trusted)).length]).toEqual(before)
})

test('an empty folder may become a worktree', async () => {
  const { git, trusted, around, oid } = await createRepository()
  await mkdir(join(around, 'w', 'empty'), { recursive: true })
  expect(
    await addWorktree(git, trusted, { path: join(around, 'w', 'empty'), branch: 'b', from: await oid('HEAD') }),
  ).toMatchObject({ ok: true })
})

test('a hook that fails takes the whole worktree back', async () => {
  const { git, trusted, around, oid, path } = await createRepository()
  await mkdir(join(path, '.git/hooks'), { recursive: true })
  await writeFile(join(path, '.git/hooks/post-checkout'), '#!/bin/sh\necho "no disk quota" >&2\nexit 1\n', { mode: 0o755 })
  const result = await addWorktree(git, trusted, { path: join(around, 'new', 'w', 'a'), branch: 'a', from: await oid('HEAD') })
  expect(result).toMatchObject({ ok: false, failure: { code: 'git-failed', message: expect.stringContaining('no disk quota') } })
  expect(isThere(join(around, 'new'))).toBe(false)
  expect(await branchHead(git, trusted, 'a')).toBeNull()
  expect(await listWorktrees(git, trusted)).toHaveLength(1)
})

test('a commit that is not there leaves nothing behind', async () => {
  const { git, trusted, around, raw } = await createRepository()
  const blob = await raw('hash-object', '-w', 'README.md')
  const path = join(around, 'w', 'a')
  const { parseOid } = await import('./names.ts')
  for (const from of [parseOid('f'.repeat(40))!, parseOid(blob)!]) {
    expect(await addWorktree(git, trusted, { path, branch: 'a', from })).toMatchObject({
      ok: false,
      failure: { code: 'git-failed' },
    })
    expect(isThere(join(around, 'w'))).toBe(false)
    expect(await branchHead(git, trusted, 'a')).toBeNull()
  }
})

test('a registered worktree whose folder is gone is named with the command that helps', async () => {
  const { git, trusted, around, oid } = await createRepository()
  const path = join(around, 'w', 'a')
  const from = await oid('HEAD')
  await addWorktree(git, trusted, { path, branch: 'a', from })
  await rm(path, { recursive: true })
  const again = await addWorktree(git, trusted, { path, branch: 'b', from })
  expect(again).toMatchObject({
    ok: false,
    failure: { code: 'folder-exists', message: expect.stringContaining('git worktree prune') },
  })
  expect(await usesOfBranch(git, trusted, 'a')).toEqual([{ path, by: 'head', missing: true }])
})

test('a lock is put on and taken off, once or twice', async () => {
  const { git, trusted, around, oid } = await createRepository()
  const path = join(around, 'w', 'a')
  await addWorktree(git, trusted, { path, branch: 'a', from: await oid('HEAD') })
  const locked = async () => (await listWorktrees(git, trusted))[1]?.locked
  await unlockWorktree(git, trusted, path)
  await unlockWorktree(git, trusted, path)
  expect(await locked()).toBeNull()
  await lockWorktree(git, trusted, path)
  await lockWorktree(git, trusted, path)
  expect(await locked()).toBe(LOCK_REASON)
  await expect(lockWorktree(git, trusted, join(around, 'nowhere'))).rejects.toThrow('Git knows no worktree')
})

test('a branch is in use where it is checked out and where an unfinished rebase will come back to it', async () => {
  const { git, trusted, around, raw, rawIn, commit, oid } = await createRepository()
  const from = await oid('HEAD')
  const path = join(around, 'w', 'a')
  await addWorktree(git, trusted, { path, branch: 'a', from })
  expect(await branchCheckedOutAt(git, trusted, 'a')).toBe(path)
  expect(await branchCheckedOutAt(git, trusted, 'main')).toBe(trusted.path)
  expect(await branchCheckedOutAt(git, { path, trusted: true }, 'main')).toBe(trusted.path)
  expect(await branchCheckedOutAt(git, trusted, 'nobody')).toBeNull()

  await commit('theirs', { 'README.md': 'theirs\n' })
  await writeFile(join(path, 'README.md'), 'ours\n')
  await rawIn(path, 'commit', '--quiet', '-a', '-m', 'ours')
  await git.run({ cwd: path, args: ['rebase', 'main'], writes: true })
  expect(await usesOfBranch(git, trusted, 'a')).toEqual([{ path, by: 'unfinished', missing: false }])
  await rawIn(path, 'rebase', '--abort')
  await rawIn(path, 'checkout', '--quiet', '--detach')
  expect(await branchCheckedOutAt(git, trusted, 'a')).toBeNull()
  await raw('status')
})

test('git’s list is read whatever the reasons and the paths are', () => {
  const head = 'a'.repeat(40)
  const text = `worktree /a\nb\0HEAD ${head}\0branch refs/heads/x y\0\0worktree /c\0HEAD ${head}\0detached\0locked a\nb c\0prunable gone\0\0worktree /d\0bare\0\0worktree /e\0HEAD ${head}\0branch refs/heads/z\0locked\0\0`
  expect(parseWorktrees(Buffer.from(text))).toEqual([
    { path: '/a\nb', head, branch: 'x y', bare: false, locked: null, main: true },
    { path: '/c', head, branch: null, bare: false, locked: 'a\nb c', main: false },
    { path: '/d', head: null, branch: null, bare: true, locked: null, main: false },
    { path: '/e', head, branch: 'z', bare: false, locked: '', main: false },
  ])
})
