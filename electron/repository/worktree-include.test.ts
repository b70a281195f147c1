import { mkdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createRepository, filesBelow, type TestRepository } from '../git/testing/repository.ts'
import { copyFiles, type Copied } from './copying.ts'
import { includedFiles } from './worktree-include.ts'

/** A repository whose `.gitignore` and `.worktreeinclude` say so. */
async function made(ignored: string, included: string): Promise<TestRepository> {
  const repository = await createRepository()
  await repository.commit('rules', { '.gitignore': ignored, '.worktreeinclude': included })
  return repository
}

test('what the list matches and git ignores is included; what git tracks or does not ignore is not', async () => {
  const { git, trusted, write } = await made('.env*\nlocal/\n*.secret\n', '.env\nlocal/\n*.txt\nREADME.md\n')
  await write('.env', '1')
  await write('.env.other', 'not asked for')
  await write('app/.env', '2')
  await write('local/deep/über uns', '3')
  await write('new.txt', 'not ignored')
  await write('key.secret', 'not asked for')
  expect((await includedFiles(git, trusted)).toSorted()).toEqual(['.env', 'app/.env', 'local/deep/über uns'])
})

test('the list is read as git reads ignore files: anchors, exceptions, comments', async () => {
  const { git, trusted, write } = await made('*.local\n', '# mine\n/top.local\nconf/*.local\n!conf/not.local\n')
  await write('top.local', '1')
  await write('sub/top.local', 'not at the top')
  await write('conf/a.local', '2')
  await write('conf/not.local', 'taken out again')
  expect((await includedFiles(git, trusted)).toSorted()).toEqual(['conf/a.local', 'top.local'])
})

test('without a list, with an empty one, or with a link in its place, nothing is included', async () => {
  const { git, trusted, write, path, commit } = await createRepository()
  await commit('rules', { '.gitignore': '.env\n' })
  await write('.env', '1')
  expect(await includedFiles(git, trusted)).toEqual([])
  await symlink('.gitignore', join(path, '.worktreeinclude'))
  expect(await includedFiles(git, trusted)).toEqual([])
})

test('a repository of its own inside the checkout stays where it is', async () => {
  const { git, trusted, path, rawIn } = await made('inner/\n', 'inner\n')
  await mkdir(join(path, 'inner'))
  await rawIn(join(path, 'inner'), 'init', '--quiet')
  await rawIn(join(path, 'inner'), '-c', 'user.name=A', '-c', 'user.email=a@b', 'commit', '--quiet', '--allow-empty', '-m', 'x')
  expect(await includedFiles(git, trusted)).toEqual([])
})

test('the list and the setting “copy” are added up, each file once', async () => {
  const { git, trusted, write, raw, around } = await made('.env\n*.local\n', '.env\n')
  await write('.env', 'KEY=1')
  await write('a.local', 'A')
  const worktree = join(around, 'w')
  await raw('worktree', 'add', '--quiet', '-b', 'x', worktree)
  const before = new Set(filesBelow(worktree))
  const copied: Copied = await copyFiles(git, {
    from: trusted,
    into: worktree,
    patterns: ['.env', '*.local'],
    signal: new AbortController().signal,
  })
  expect(copied).toEqual({ ok: true, value: ['.env', 'a.local'] })
  expect(filesBelow(worktree).filter((path) => !before.has(path))).toEqual(['.env', 'a.local'])
  expect(await readFile(join(worktree, '.env'), 'utf8')).toBe('KEY=1')
})
