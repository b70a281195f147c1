import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { status, worktreeIsPristine } from './status.ts'
import { createRepository } from './testing/repository.ts'

test('changed, staged, renamed, deleted and new files are told, ignored ones are not', async () => {
  const { git, trusted, commit, write, raw, path, oid } = await createRepository()
  await commit('files', { a: 'a\n', b: 'b\nb\nb\nb\n', c: 'c\n', '.gitignore': 'ignored\n' })
  expect(await worktreeIsPristine(git, trusted)).toBe(true)
  await write('a', 'A\n')
  await raw('mv', 'b', 'moved')
  await rm(join(path, 'c'))
  await write('staged', 's\n')
  await raw('add', 'staged')
  await write('folder/new', 'n\n')
  await write('ignored', 'i\n')
  const now = await status(git, trusted)
  expect(now).toMatchObject({ head: await oid('HEAD'), branch: 'main' })
  expect(now.operation).toBeUndefined()
  expect([...now.changes].sort((one, other) => (one.path < other.path ? -1 : 1))).toEqual([
    { kind: 'changed', path: 'a' },
    { kind: 'changed', path: 'c' },
    { kind: 'untracked', path: 'folder/new' },
    { kind: 'changed', path: 'moved', oldPath: 'b' },
    { kind: 'changed', path: 'staged' },
  ])
  expect(await worktreeIsPristine(git, trusted)).toBe(false)
})

test('a new file counts whatever the user’s own settings say', async () => {
  const { git, trusted, write, raw } = await createRepository()
  await raw('config', 'status.showUntrackedFiles', 'no')
  await raw('config', 'status.branch', 'false')
  await raw('config', 'status.showStash', 'true')
  await write('new', 'n\n')
  expect((await status(git, trusted)).changes).toEqual([{ kind: 'untracked', path: 'new' }])
  expect(await worktreeIsPristine(git, trusted)).toBe(false)
})

test('a change inside a submodule is a change', async () => {
  const { git, trusted, raw, rawIn, commit, around, path, write } = await createRepository()
  await rawIn(around, 'clone', '--quiet', path, 'inner')
  await raw('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', join(around, 'inner'), 'sub')
  await commit('submodule')
  await raw('config', 'diff.ignoreSubmodules', 'all')
  await raw('config', 'submodule.sub.ignore', 'all')
  expect(await worktreeIsPristine(git, trusted)).toBe(true)
  await write('sub/new', 'n\n')
  expect((await status(git, trusted)).changes).toEqual([{ kind: 'changed', path: 'sub' }])
})

test('an unfinished merge is told, with its unmerged files', async () => {
  const { git, trusted, raw, commit } = await createRepository()
  await raw('checkout', '--quiet', '-b', 'other')
  await commit('theirs', { 'README.md': 'theirs\n' })
  await raw('checkout', '--quiet', 'main')
  await commit('ours', { 'README.md': 'ours\n' })
  await git.run({ cwd: trusted.path, args: ['merge', 'other'], writes: true })
  expect(await status(git, trusted)).toMatchObject({ operation: 'merge', changes: [{ kind: 'unmerged', path: 'README.md' }] })
  await raw('merge', '--abort')
  expect((await status(git, trusted)).operation).toBeUndefined()
})

test('an unfinished rebase, cherry-pick, revert and bisect are told apart', async () => {
  const { git, trusted, raw, commit, oid } = await createRepository()
  const first = await oid('HEAD')
  await commit('ours', { 'README.md': 'ours\n' })
  await raw('checkout', '--quiet', '-b', 'other', first)
  const theirs = await commit('theirs', { 'README.md': 'theirs\n' })
  const operation = async (...args: string[]) => {
    await git.run({ cwd: trusted.path, args, writes: true })
    return (await status(git, trusted)).operation
  }
  expect(await operation('rebase', 'main')).toBe('rebase')
  await raw('rebase', '--abort')
  await raw('checkout', '--quiet', 'main')
  expect(await operation('cherry-pick', theirs)).toBe('cherry-pick')
  await raw('cherry-pick', '--abort')
  await commit('more', { 'README.md': 'more\n' })
  expect(await operation('revert', '--no-edit', 'HEAD~1')).toBe('revert')
  await raw('revert', '--abort')
  expect(await operation('bisect', 'start')).toBe('bisect')
})

test('reading the state writes nothing into the repository', async () => {
  const { git, trusted, write, raw, path } = await createRepository()
  await write('README.md', 'one\ntwo\nthree\n')
  await mkdir(join(path, 'x'))
  const before = await raw('hash-object', '.git/index')
  await status(git, trusted)
  expect(await raw('hash-object', '.git/index')).toBe(before)
})

test('a repository without a commit has no head', async () => {
  const { git, trusted, raw } = await createRepository()
  await raw('checkout', '--quiet', '--orphan', 'new')
  expect(await status(git, trusted)).toMatchObject({ head: null, branch: 'new' })
})
