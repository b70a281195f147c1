import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { identityProblem, openRepository } from './repository.ts'
import { createGit } from './run.ts'
import { createRepository, temporaryFolder } from './testing/repository.ts'

test('a repository is found from its top, a folder inside, a link to it, and a linked worktree', async () => {
  const { git, path, around, raw, write } = await createRepository({ name: 'my shop\n😀' })
  await write('src/deep/x', 'x')
  await raw('worktree', 'add', '--quiet', '-b', 'other', join(around, 'linked'))
  await symlink(path, join(around, 'link'))
  const value = { root: path, commonDir: join(path, '.git') }
  for (const folder of [path, join(path, 'src/deep'), join(around, 'link'), join(around, 'linked'), `${path}/`]) {
    expect(await openRepository(git, folder)).toEqual({ ok: true, value })
  }
})

test('a repository whose git folder lies elsewhere opens with its real places', async () => {
  const { git, around, path, rawIn } = await createRepository()
  await rawIn(around, 'clone', '--quiet', '--separate-git-dir', join(around, 'elsewhere'), path, 'apart')
  const value = { root: join(around, 'apart'), commonDir: join(around, 'elsewhere') }
  expect(await openRepository(git, join(around, 'apart'))).toEqual({ ok: true, value })
})

test('a submodule opens as a repository of its own', async () => {
  const { git, path, around, raw, rawIn } = await createRepository()
  await rawIn(around, 'clone', '--quiet', path, 'inner')
  await raw('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', join(around, 'inner'), 'sub')
  expect(await openRepository(git, join(path, 'sub'))).toMatchObject({ ok: true, value: { root: join(path, 'sub') } })
})

test('every folder that cannot be opened gets its own sentence', async () => {
  const { git, around, path, rawIn } = await createRepository()
  await mkdir(join(around, 'plain'))
  await mkdir(join(around, 'empty'))
  await rawIn(join(around, 'empty'), 'init', '--quiet')
  await rawIn(around, 'clone', '--quiet', '--bare', path, 'bare.git')
  await rawIn(join(around, 'bare.git'), 'worktree', 'add', '--quiet', '-b', 'w', join(around, 'of-bare'))
  await mkdir(join(around, 'broken/.git'), { recursive: true })
  const opened = async (folder: string) => {
    const result = await openRepository(git, folder)
    if (result.ok) throw new Error(`${folder} opened`)
    expect(result.failure.message).toMatch(/[.)]$/u)
    return [result.failure.code, result.failure.message] as const
  }
  expect(await opened(join(around, 'nothing'))).toEqual(['not-a-repository', expect.stringContaining('There is no folder')])
  expect(await opened(join(path, 'README.md'))).toEqual(['not-a-repository', expect.stringContaining('not a folder')])
  expect(await opened(join(around, 'plain'))).toEqual(['not-a-repository', expect.stringContaining('git init')])
  expect(await opened(join(around, 'broken'))).toEqual(['not-a-repository', expect.stringContaining('git init')])
  expect(await opened(join(path, '.git'))).toEqual(['not-a-repository', expect.stringContaining('inside of a repository')])
  expect(await opened(join(around, 'empty'))).toEqual(['no-commits', expect.stringContaining('git commit')])
  expect(await opened(join(around, 'bare.git'))).toEqual(['bare', expect.stringContaining('git clone')])
  expect(await opened(join(around, 'of-bare'))).toEqual(['bare', expect.stringContaining('is bare')])
})

test('a repository with settings that git cannot read is unreadable, and says why', async () => {
  const { git, path } = await createRepository()
  await writeFile(join(path, '.git/config'), '[core\n')
  expect(await openRepository(git, path)).toMatchObject({
    ok: false,
    failure: { code: 'unreadable', message: expect.stringContaining('config') },
  })
})

test('a repository that points its files to another folder is not opened as that folder', async () => {
  const { git, path, around, raw } = await createRepository()
  await mkdir(join(around, 'home'))
  await raw('config', 'core.worktree', join(around, 'home'))
  const result = await openRepository(git, path)
  expect(result).toMatchObject({ ok: false })
})

test('without git the failure says so', async () => {
  const { path } = await createRepository()
  const git = createGit({ env: process.env, binary: 'git-that-is-not-there' })
  expect(await openRepository(git, path)).toMatchObject({ ok: false, failure: { code: 'no-git' } })
})

test('a repository of another user is unreadable, with the command that trusts it', async () => {
  const folder = await temporaryFolder()
  const binary = join(folder, 'git')
  // What git writes when the owner differs; a test cannot be sure that it may change owners.
  await writeFile(binary, '#!/bin/sh\necho "fatal: detected dubious ownership in repository at \'$PWD\'" >&2\nexit 128\n', {
    mode: 0o755,
  })
  const result = await openRepository(createGit({ env: process.env, binary }), folder)
  expect(result).toMatchObject({ ok: false, failure: { code: 'unreadable', message: expect.stringContaining('safe.directory') } })
})

test('a missing name is said with the commands that set it, and is never guessed', async () => {
  const { git, trusted, raw, path } = await createRepository()
  expect(await identityProblem(git, trusted)).toBeNull()
  await raw('config', '--unset', 'user.email')
  expect(await identityProblem(git, trusted)).toContain('git config --global user.email')
  await raw('config', 'user.email', 'a@b')
  await raw('config', '--unset', 'user.name')
  expect(await identityProblem(git, trusted)).toContain('git config --global user.name')
  const named = createGit({ env: { ...process.env, GIT_COMMITTER_NAME: 'Ada' } })
  expect(await identityProblem(named, trusted)).toBeNull()
  expect(await readFile(join(path, '.git/config'), 'utf8')).not.toContain('useConfigOnly')
})
