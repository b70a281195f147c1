import { chmod, mkdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createRepository, filesBelow, isThere, type TestRepository } from '../git/testing/repository.ts'
import { copyFiles, type Copied } from './copying.ts'

type Made = TestRepository & {
  readonly worktree: string
  copy(...patterns: string[]): Promise<Copied>
  /** What the worktree has beyond its commit. */
  added(): readonly string[]
}

/** A repository that ignores what a user would, and a fresh worktree of it. */
async function made(files: Readonly<Record<string, string>> = {}): Promise<Made> {
  const repository = await createRepository()
  await repository.commit('rules', { '.gitignore': '.env\nsecrets/\nnode_modules/\n*.local\nlink*\n', ...files })
  const worktree = join(repository.around, 'shop worktrees', 'login')
  await repository.raw('worktree', 'add', '--quiet', '-b', 'sluice/login', worktree)
  const before = new Set(filesBelow(worktree))
  return {
    ...repository,
    worktree,
    copy: (...patterns) =>
      copyFiles(repository.git, {
        from: repository.trusted,
        into: worktree,
        patterns,
        signal: new AbortController().signal,
      }),
    added: () => filesBelow(worktree).filter((path) => !before.has(path)),
  }
}

const done = { ok: true, value: expect.any(Array) }

test('what git ignores or does not know is copied, what it tracks is not', async () => {
  const { write, copy, added, worktree } = await made({ 'config/app.json': 'tracked' })
  await write('.env', 'KEY=1')
  await write('app/.env', 'KEY=2')
  await write('config/new.json', 'unknown')
  await write('config/app.json', 'changed here')
  await write('other.local', 'not asked for')
  expect(await copy('**/.env', 'config/*.json')).toEqual(done)
  expect(added()).toEqual(['.env', 'app', 'app/.env', 'config/new.json'])
  expect(await readFile(join(worktree, 'app/.env'), 'utf8')).toBe('KEY=2')
  expect(await readFile(join(worktree, 'config/app.json'), 'utf8')).toBe('tracked')
})

test('a folder is copied with everything in it, whatever the names, and the access stays what it was', async () => {
  const { write, path, copy, added, worktree } = await made()
  await write('secrets/ein Brief/über uns.txt', 'ü')
  await write('secrets/.hidden/deep/key\n2', 'k')
  await write('secrets/run.sh', '#!/bin/sh\n')
  await chmod(join(path, 'secrets/run.sh'), 0o750)
  await chmod(join(path, 'secrets'), 0o700)
  expect(await copy('secrets')).toEqual(done)
  expect(added()).toHaveLength(7)
  expect(await readFile(join(worktree, 'secrets/.hidden/deep/key\n2'), 'utf8')).toBe('k')
  expect(await readFile(join(worktree, 'secrets/ein Brief/über uns.txt'), 'utf8')).toBe('ü')
  expect((await stat(join(worktree, 'secrets/run.sh'))).mode & 0o777).toBe(0o750)
  expect((await stat(join(worktree, 'secrets'))).mode & 0o777).toBe(0o700)
})

test.runIf(process.platform === 'linux')('a name that is no text is copied byte by byte', async () => {
  const { path, copy, worktree } = await made()
  const name = Buffer.concat([Buffer.from('/odd-'), Buffer.of(0xff), Buffer.from('.local')])
  await writeFile(Buffer.concat([Buffer.from(path), name]), 'odd')
  expect(await copy('*.local')).toEqual(done)
  expect(await readFile(Buffer.concat([Buffer.from(worktree), name]), 'utf8')).toBe('odd')
})

test('nothing that is there already is overwritten', async () => {
  const { write, copy, worktree, raw, rawIn } = await made()
  await write('config.local', 'of the main checkout')
  await writeFile(join(worktree, 'config.local'), 'of the commit')
  await rawIn(worktree, 'add', '--force', 'config.local')
  expect(await copy('*.local')).toEqual(done)
  expect(await readFile(join(worktree, 'config.local'), 'utf8')).toBe('of the commit')
  expect(await raw('status', '--porcelain')).toBe('')
})

test('a link is copied as a link where it stays inside, and left out where it leads outside', async () => {
  const { write, path, around, copy, added, worktree } = await made()
  await writeFile(join(around, 'outside.txt'), 'private')
  await mkdir(join(around, 'elsewhere'))
  await writeFile(join(around, 'elsewhere/file'), 'private')
  await write('secrets/key', 'k')
  await symlink('key', join(path, 'secrets/link-near'))
  await symlink('../README.md', join(path, 'secrets/link-up'))
  await symlink('../not-there-yet', join(path, 'secrets/link-dangling'))
  await symlink('../../outside.txt', join(path, 'secrets/link-out'))
  await symlink(join(path, 'README.md'), join(path, 'secrets/link-absolute'))
  await symlink('../.git/config', join(path, 'secrets/link-git'))
  await symlink('../elsewhere', join(path, 'link-folder'))
  await symlink('../link-folder/file', join(path, 'secrets/link-through'))
  expect(await copy('secrets', 'link*', '**/file')).toEqual(done)
  expect(added()).toEqual(['secrets', 'secrets/key', 'secrets/link-dangling', 'secrets/link-near', 'secrets/link-up'])
  expect(await readlink(join(worktree, 'secrets/link-up'))).toBe('../README.md')
})

test('a link in the commit is no way out of the worktree', async () => {
  const repository = await made()
  const { write, path, around, worktree, raw, rawIn, copy } = repository
  await mkdir(join(around, 'elsewhere'))
  await symlink('../../elsewhere', join(worktree, 'secrets'))
  await rawIn(worktree, 'add', '--force', 'secrets')
  await rawIn(worktree, 'commit', '--quiet', '--message', 'a link')
  await write('secrets/key', 'k')
  expect(await copy('secrets/key')).toMatchObject({
    failure: { code: 'copy-failed', message: expect.stringMatching(/^“secrets” could not be copied: .*\.$/u) },
  })
  expect(isThere(join(around, 'elsewhere/key'))).toBe(false)
  expect(await raw('-C', path, 'status', '--porcelain')).toBe('')
})

test('neither git’s own folder nor a repository inside the repository is copied', async () => {
  const { write, path, rawIn, copy, added } = await made()
  await write('secrets/inner/file', 'x')
  await rawIn(join(path, 'secrets/inner'), 'init', '--quiet')
  await write('secrets/key', 'k')
  expect(await copy('**')).toEqual(done)
  expect(added()).toEqual(['secrets', 'secrets/key'])
})

test('a file that may not be read is named in a sentence', async ({ skip }) => {
  if (process.getuid?.() === 0 || process.platform === 'win32') skip()
  const { write, path, copy } = await made()
  await write('.env', 'KEY=1')
  await chmod(join(path, '.env'), 0)
  expect(await copy('.env')).toMatchObject({ failure: { code: 'copy-failed', message: expect.stringContaining('“.env”') } })
})

test('a pattern of an earlier time that leads outside is refused, and one that matches nothing is no failure', async () => {
  const { copy, added } = await made()
  expect(await copy('../x')).toMatchObject({ failure: { code: 'copy-failed' } })
  expect(await copy('no-such-file', 'no/such/*.file')).toEqual(done)
  expect(added()).toEqual([])
})

test('the word to stop stops it', async () => {
  const { git, trusted, worktree, write, added } = await made()
  await write('.env', 'KEY=1')
  const copied = await copyFiles(git, { from: trusted, into: worktree, patterns: ['.env'], signal: AbortSignal.abort() })
  expect(copied).toMatchObject({ failure: { code: 'cancelled' } })
  expect(added()).toEqual([])
})
