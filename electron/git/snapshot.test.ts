import { chmod, lstat, mkdir, readdir, readFile, readlink, rename, symlink, unlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addWorktree } from './add-worktree.ts'
import { discardWorktree } from './discard.ts'
import { remakeWorktree } from './existing-worktree.ts'
import { isSameLook, lookAt, type Look } from './look.ts'
import { gitDirOf } from './places.ts'
import { applySnapshot, keepLook, readSnapshot } from './snapshot.ts'
import { createRepository } from './testing/repository.ts'

const NAMED = 'refs/sluice/snapshots/login/20261121T120000Z'

async function withSession(files: Readonly<Record<string, string>> = {}) {
  const repository = await createRepository()
  const from = await repository.commit('files', {
    'a.txt': 'a\n',
    'b.txt': 'b\n',
    'c/d.txt': 'd\n',
    '.gitignore': 'ignored/\n',
    ...files,
  })
  const root = join(repository.around, 'shop.worktrees')
  const path = join(root, 'login')
  const made = await addWorktree(repository.git, repository.trusted, { path, branch: 'sluice/login', from })
  if (!made.ok) throw new Error(made.failure.message)
  const there = { path, trusted: true }
  const inside = (...args: string[]): Promise<string> => repository.rawIn(path, ...args)
  return { ...repository, root, session: path, from, there, inside }
}
type Session = Awaited<ReturnType<typeof withSession>>

/** Every file below with its bytes, mode and kind; names as Latin-1. */
async function contentOf(folder: string): Promise<Readonly<Record<string, string>>> {
  const all: Record<string, string> = {}
  async function below(at: Buffer, prefix: string): Promise<void> {
    for (const entry of await readdir(at, { withFileTypes: true, encoding: 'buffer' })) {
      const name = prefix + entry.name.toString('latin1')
      const path = Buffer.concat([at, Buffer.from('/'), entry.name])
      if (name === '.git') continue
      if (entry.isDirectory()) await below(path, `${name}/`)
      else if (entry.isSymbolicLink()) all[name] = `→ ${await readlink(path)}`
      else all[name] = `${((await lstat(path)).mode & 0o100) === 0 ? '-' : 'x'} ${(await readFile(path)).toString('latin1')}`
    }
  }
  await below(Buffer.from(folder), '')
  return all
}

async function looked({ git, there }: Session, path = there.path): Promise<Look> {
  const result = await lookAt(git, { path, trusted: true })
  if (result.kind === 'refused') throw new Error(result.message)
  return result.look
}

async function refusalOf({ git, there }: Session): Promise<string | null> {
  const result = await lookAt(git, there)
  return result.kind === 'refused' ? result.message : null
}

/** Keeps the worktree, removes it, makes it again and puts everything back; gives both states. */
async function thereAndBack(session: Session) {
  const { git, trusted, root, inside, there } = session
  const state = async () => ({
    files: await contentOf(there.path),
    status: await inside('status', '--porcelain=v2', '-z', '--untracked-files=all'),
    staged: await inside('ls-files', '--stage', '-v', '-z'),
    stash: await session.raw('stash', 'list'),
  })
  const before = await state()
  const own = (await gitDirOf(there.path))?.own ?? ''
  const index = await readFile(join(own, 'index'))
  const look = await looked(session)
  expect(await readFile(join(own, 'index'))).toEqual(index)
  expect(await state()).toEqual(before)
  const { oid } = await keepLook(git, trusted, look, NAMED)
  const gone = await discardWorktree(git, trusted, { path: there.path, root })
  if (gone.kind === 'refused') throw new Error(gone.message)
  await gone.deleted
  await session.raw('gc', '--quiet', '--prune=now')
  const made = await remakeWorktree(git, trusted, { path: there.path, branch: 'sluice/login' })
  if (!made.ok) throw new Error(made.failure.message)
  const snapshot = await readSnapshot(git, trusted, oid)
  if (snapshot === null) throw new Error('The snapshot is gone.')
  await applySnapshot(git, there, snapshot)
  expect(isSameLook(await looked(session), look)).toBe(true)
  return { before, after: await state(), look }
}

test('every kind of change comes back byte for byte: staged is staged, new is new', async () => {
  const session = await withSession({
    'e.txt': 'e\n',
    'mode.sh': '#!/bin/sh\n',
    'both.txt': '1\n',
    'was-file': 'f\n',
    'was-folder/x': 'x\n',
    'gone.txt': 'g\n',
    'gone-staged.txt': 'g\n',
  })
  const { there, inside } = session
  const at = (name: string): string => join(there.path, name)
  await writeFile(at('a.txt'), 'changed\n')
  await writeFile(at('both.txt'), '2\n')
  await inside('add', 'both.txt')
  await writeFile(at('both.txt'), '3\n')
  await writeFile(at('staged new'), 'n\n')
  await inside('add', 'staged new')
  await inside('mv', 'e.txt', 'moved.txt')
  await chmod(at('mode.sh'), 0o755)
  await unlink(at('gone.txt'))
  await inside('rm', '--quiet', 'gone-staged.txt')
  await unlink(at('was-file'))
  await mkdir(at('was-file'))
  await writeFile(at('was-file/inside'), 'i\n')
  await unlink(at('was-folder/x'))
  await rename(at('was-folder'), at('other-folder')).catch(() => undefined)
  await writeFile(at('was-folder'), 'now a file\n')
  await symlink('/etc', at('link'))
  await symlink('nowhere', at('dangling'))
  await mkdir(at('new/deep'), { recursive: true })
  await writeFile(at('new/deep/ü\n-x'), Uint8Array.of(0, 255, 13, 10, 13))
  await writeFile(Buffer.concat([Buffer.from(`${there.path}/caf`), Buffer.of(0xe9)]), 'latin\n')
  await writeFile(at(':(glob)*'), 'odd\n')
  await writeFile(at('HANDOFF.md'), '# note\n')
  await writeFile(at('announced'), 'later\n')
  await inside('add', '--intent-to-add', 'announced')
  const { before, after, look } = await thereAndBack(session)
  expect(after).toEqual(before)
  expect(look.committed).toBe(false)
  expect(look.notes.intentToAdd).toEqual(['announced'])
})

test('line ends, encodings and idents of a changed file are kept as they are, whatever the attributes say', async () => {
  const attributes = '*.txt text=auto\n*.crlf text eol=crlf\n*.utf16 working-tree-encoding=UTF-16 text\n*.id ident\n'
  const session = await withSession({ '.gitattributes': attributes, 'x.crlf': 'one\ntwo\n', 'y.id': '$Id$\n' })
  const { there, inside } = session
  await writeFile(join(there.path, 'a.txt'), 'mixed\r\nends\nhere\r\n')
  await writeFile(join(there.path, 'x.crlf'), 'only\nunix\r\nends\n')
  await writeFile(join(there.path, 'z.utf16'), Buffer.from('\ufeffhé\r\n', 'utf16le'))
  await writeFile(join(there.path, 'y.id'), '$Id: mine $\nchanged\n')
  await inside('config', 'core.safecrlf', 'false')
  const { before, after } = await thereAndBack(session)
  expect(after.files).toEqual(before.files)
})

test('a file that a filter keeps goes through the filter, others do not', async () => {
  const session = await withSession({ '.gitattributes': '*.secret filter=rot\n' })
  const { there, inside, oid } = session
  await inside('config', 'filter.rot.clean', 'tr a-z n-za-m')
  await inside('config', 'filter.rot.smudge', 'tr a-z n-za-m')
  await writeFile(join(there.path, 'key.secret'), 'password\n')
  await writeFile(join(there.path, 'plain.txt'), 'password\n')
  const { before, after, look } = await thereAndBack(session)
  expect(after.files).toEqual(before.files)
  expect(look.notes.filtered).toEqual(['key.secret'])
  expect(await session.raw('show', `${await oid(NAMED)}:key.secret`)).toBe('cnffjbeq')
  expect(await session.raw('show', `${await oid(NAMED)}:plain.txt`)).toBe('password')
})

test('a file that git was told to believe unchanged is kept all the same', async () => {
  const session = await withSession()
  const { there, inside } = session
  await inside('update-index', '--assume-unchanged', 'a.txt')
  await inside('update-index', '--skip-worktree', 'b.txt')
  await writeFile(join(there.path, 'a.txt'), 'my local settings\n')
  await writeFile(join(there.path, 'b.txt'), 'mine too\n')
  const { before, after } = await thereAndBack(session)
  expect(after).toEqual(before)
})

test('a change in the very second the index was written is seen', async () => {
  const session = await withSession()
  const { there } = session
  const own = (await gitDirOf(there.path))?.own ?? ''
  const first = await looked(session)
  const { mtime, atime } = await lstat(join(there.path, 'a.txt'))
  await writeFile(join(there.path, 'a.txt'), 'x\n')
  await utimes(join(there.path, 'a.txt'), atime, mtime)
  await utimes(join(own, 'index'), mtime, mtime)
  expect(isSameLook(first, await looked(session))).toBe(false)
})

test('nothing uncommitted is said to be committed, also after a touch', async () => {
  const session = await withSession()
  expect((await looked(session)).committed).toBe(true)
  await utimes(join(session.there.path, 'a.txt'), 1, 1)
  await mkdir(join(session.there.path, 'ignored'))
  await writeFile(join(session.there.path, 'ignored/x'), 'x')
  expect((await looked(session)).committed).toBe(true)
  await writeFile(join(session.there.path, 'new'), '')
  expect((await looked(session)).committed).toBe(false)
})

test('hooks and user.name are not needed, and a ref that is there stays', async () => {
  const session = await withSession()
  await session.raw('config', '--unset', 'user.name')
  await session.raw('config', '--unset', 'user.email')
  await session.raw('config', 'user.useConfigOnly', 'true')
  await writeFile(join(session.there.path, 'new'), '1')
  const one = await keepLook(session.git, session.trusted, await looked(session), NAMED)
  await writeFile(join(session.there.path, 'new'), '2')
  const two = await keepLook(session.git, session.trusted, await looked(session), NAMED)
  expect([one.ref, two.ref]).toEqual([NAMED, `${NAMED}-2`])
  expect(await session.raw('show', `${one.oid}:new`)).toBe('1')
  expect(await session.raw('log', '-1', '--format=%an <%ae>', two.oid)).toBe('Sluice <sluice@localhost>')
})

test('what no commit can hold is refused with what to do', async () => {
  const nested = await withSession()
  await nested.rawIn(nested.there.path, 'init', '--quiet', 'nested')
  expect(await refusalOf(nested)).toMatch(/“nested\/.git” belongs to a repository of its own/u)
  const remains = await withSession()
  await mkdir(join(remains.there.path, 'c/.git'))
  await writeFile(join(remains.there.path, 'c/.git/precious'), 'x')
  expect(await refusalOf(remains)).toMatch(/“c\/.git” belongs to a repository/u)

  const conflict = await withSession()
  await conflict.commit('theirs', { 'a.txt': 'theirs\n' })
  await writeFile(join(conflict.there.path, 'a.txt'), 'ours\n')
  await conflict.inside('commit', '--quiet', '--all', '--message=ours')
  await conflict.inside('merge', 'main').catch(() => undefined)
  expect(await refusalOf(conflict)).toMatch(/A merge is not finished there.*git merge --abort/u)
  await conflict.inside('merge', '--abort')
  await conflict.inside('rebase', 'main').catch(() => undefined)
  expect(await refusalOf(conflict)).toMatch(/A rebase is not finished/u)
  await conflict.inside('rebase', '--quit')
  expect(await refusalOf(conflict)).toMatch(/“a.txt” has a conflict/u)

  const bisect = await withSession()
  await bisect.inside('bisect', 'start')
  expect(await refusalOf(bisect)).toMatch(/A bisect is not finished there.*git bisect reset/u)

  const submodule = await withSession()
  const other = await createRepository({ name: 'other' })
  await submodule.inside('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', other.path, 'sub')
  await submodule.inside('commit', '--quiet', '--message=sub')
  expect(await refusalOf(submodule)).toMatch(/submodule “sub” has a history of its own/u)
})

test('a large file and many files are kept', async () => {
  const session = await withSession()
  await writeFile(join(session.there.path, 'large'), Buffer.alloc(16 * 1024 * 1024, 7))
  await mkdir(join(session.there.path, 'many'))
  for (let at = 0; at < 300; at += 1) await writeFile(join(session.there.path, 'many', `file ${at}`), String(at))
  const { before, after } = await thereAndBack(session)
  expect(after.status).toEqual(before.status)
  expect(Object.keys(after.files)).toEqual(Object.keys(before.files))
})
