import { chmod, mkdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { takeBackMove, type TakenBack } from './half-landed.ts'
import { type Advance, advanceTarget, followLanding } from './landing.ts'
import type { Oid } from './names.ts'
import { STALE_MS } from './stale-locks.ts'
import { createRepository, filesBelow, isThere, type TestRepository } from './testing/repository.ts'

type Scene = TestRepository & {
  readonly from: Oid
  readonly to: Oid
  /** What a user would see of files and index. */
  seen(): Promise<unknown>
  takeBack(): Promise<TakenBack>
  land(): Promise<Advance>
}

/** The clock is ahead, so that every lock and every index looks old. */
async function aged<T>(work: () => Promise<T>): Promise<T> {
  const now = Date.now
  Date.now = () => now() + STALE_MS + 1000
  try {
    return await work()
  } finally {
    Date.now = now
  }
}

/** `main` at `from` with work of the user's elsewhere, and a later commit `to` that changes whatever can be changed. */
async function scene(): Promise<Scene> {
  const repository = await createRepository()
  const { path, raw, write, commit, git, trusted } = repository
  const from = await commit('from', {
    '.gitattributes': '*.win text eol=crlf\n',
    'edit.txt': 'old\n',
    'gone.txt': 'gone\n',
    'lines.win': 'one\ntwo\n',
    'run.sh': 'run\n',
    'folder/inner.txt': 'inner\n',
    file: 'file\n',
    'other.txt': 'other\n',
    'staged.txt': 'staged\n',
  })
  await raw('checkout', '--quiet', '-b', 'work')
  await raw('rm', '--quiet', '-r', 'gone.txt', 'folder', 'file')
  await write('edit.txt', 'new and longer\n')
  await write('lines.win', 'one\r\ntwo\r\nthree\r\n')
  await write('.gitattributes', '*.win text eol=crlf\n*.more text\n')
  await chmod(join(path, 'run.sh'), 0o755)
  await write('folder', 'a file now\n')
  await write('file/inner.txt', 'a folder now\n')
  await symlink('edit.txt', join(path, 'link'))
  const to = await commit('to', { 'deep/er/new.txt': 'new\n' })
  await raw('checkout', '--quiet', 'main')
  await write('other.txt', 'mine\n')
  await write('staged.txt', 'mine, staged\n')
  await raw('add', 'staged.txt')
  await write('own.txt', 'mine, new\n')
  return {
    ...repository,
    from,
    to,
    async seen() {
      const texts = filesBelow(path).map(async (name) => [name, await readFile(join(path, name), 'utf8').catch(() => null)])
      return {
        files: await Promise.all(texts),
        index: await raw('ls-files', '--stage'),
        status: await raw('status', '--porcelain', '--ignored'),
        run: await raw('diff', '--summary'),
      }
    },
    takeBack: () => aged(() => takeBackMove(git, trusted, { branch: 'main', from, to }, true)),
    land: () => aged(() => advanceTarget(git, trusted, { branch: 'main', from, to })),
  }
}

/** As git leaves it when it is killed while it writes files. */
async function killedAtFiles({ path }: Scene): Promise<void> {
  const at = (name: string): string => join(path, name)
  await writeFile(at('.git/index.lock'), '')
  for (const name of ['gone.txt', 'lines.win', 'folder/inner.txt', 'file']) await rm(at(name))
  await rm(at('folder'), { recursive: true })
  await writeFile(at('edit.txt'), 'new and')
  await mkdir(at('file'))
  await writeFile(at('file/inner.txt'), '')
  await writeFile(at('.gitattributes'), '*.win text eol=crlf\n*.more text\n')
  await mkdir(at('deep/er'), { recursive: true })
  await writeFile(at('deep/er/new.txt'), 'new\n')
}

/** As git leaves it when it is killed between its new index and its new HEAD. */
async function killedAtHead({ raw, from, to }: Scene): Promise<void> {
  await raw('read-tree', '-m', '-u', from, to)
}

test.each([
  ['while files are written', killedAtFiles],
  ['when files and index are moved', killedAtHead],
])('a move that is killed %s is taken back, and the user’s work elsewhere stays', async (_when, kill) => {
  const at = await scene()
  const before = await at.seen()
  await kill(at)
  expect(await at.seen()).not.toEqual(before)
  expect(await at.takeBack()).toEqual({ kind: 'taken-back' })
  expect(await at.seen()).toEqual(before)
  expect(await at.takeBack()).toEqual({ kind: 'nothing' })
  expect(await at.land()).toEqual({ kind: 'landed' })
  expect(await readlink(join(at.path, 'link'))).toBe('edit.txt')
})

const SOMEBODYS: readonly (readonly [string, string, (at: Scene) => Promise<unknown>])[] = [
  ['a file that was changed', 'edit.txt', ({ write }) => write('edit.txt', 'mine\n')],
  ['a file that was brought along and changed', 'deep/er/new.txt', ({ write }) => write('deep/er/new.txt', 'new\nand mine\n')],
  ['something staged', 'run.sh', async ({ write, raw }) => (await write('run.sh', 'mine\n'), raw('add', 'run.sh'))],
  ['a link', 'edit.txt', async ({ path }) => (await rm(join(path, 'edit.txt')), symlink('own.txt', join(path, 'edit.txt')))],
  ['a folder', 'deep/er/new.txt', async ({ path, write }) => (await rm(join(path, 'deep/er/new.txt')), write('deep/er/new.txt/mine', ''))],
  ['a file in a folder that was brought along', 'file', ({ write }) => write('file/mine', 'mine\n')],
] // prettier-ignore

test.each(SOMEBODYS)('nothing is touched when there is %s, and the file is named', async (_what, file, put) => {
  const at = await scene()
  await killedAtFiles(at)
  await rm(join(at.path, '.git/index.lock'))
  await put(at)
  const before = await at.seen()
  expect(await at.takeBack()).toEqual({ kind: 'mixed', files: [file] })
  expect(await at.seen()).toEqual(before)
  await at.raw('update-ref', 'ORIG_HEAD', at.from)
  expect(await at.land()).toEqual({ kind: 'half-moved', path: at.path, files: [file] })
  expect(await at.seen()).toEqual(before)
})

test('what lies behind a link is never touched', async () => {
  const at = await scene()
  const elsewhere = join(at.around, 'elsewhere')
  await mkdir(join(elsewhere, 'er'), { recursive: true })
  await writeFile(join(elsewhere, 'er/new.txt'), 'new\n')
  await killedAtHead(at)
  await rm(join(at.path, 'deep'), { recursive: true })
  await symlink(elsewhere, join(at.path, 'deep'))
  expect(await at.takeBack()).toEqual({ kind: 'taken-back' })
  expect(await readFile(join(elsewhere, 'er/new.txt'), 'utf8')).toBe('new\n')
  expect(isThere(join(at.path, 'deep'))).toBe(true)
})

test('what a landing of an earlier Sluice left is taken back by the next one, when git has noted that it moved', async () => {
  const at = await scene()
  await killedAtHead(at)
  await at.raw('update-ref', '-d', 'ORIG_HEAD')
  expect(await at.land()).toMatchObject({ kind: 'dirty' })
  await at.raw('update-ref', 'ORIG_HEAD', at.from)
  expect(await at.land()).toEqual({ kind: 'landed' })
  expect(await at.raw('status', '--porcelain')).toBe(' M other.txt\nM  staged.txt\n?? own.txt')
})

test('a file that is only missing is no sign of a landing; one that is begun is', async () => {
  const at = await scene()
  await at.raw('update-ref', 'ORIG_HEAD', at.from)
  await rm(join(at.path, 'edit.txt'))
  expect(await at.land()).toEqual({ kind: 'dirty', path: at.path, files: ['edit.txt'] })
  await at.write('deep/er/new.txt', 'ne')
  expect(await at.land()).toEqual({ kind: 'landed' })
})

test('a git that is killed in the middle of a landing leaves the checkout as it was, and the next try lands', async () => {
  const at = await scene()
  const killer = join(at.around, 'killer')
  await writeFile(killer, `#!/bin/sh\n[ -e "${killer}.once" ] || { : >"${killer}.once"; kill -9 $PPID; }\ncat\n`)
  await chmod(killer, 0o755)
  await at.raw('config', 'filter.kill.smudge', killer)
  await writeFile(join(at.path, '.git/info/attributes'), 'folder filter=kill\n')
  const before = await at.seen()
  await expect(at.land()).rejects.toThrow('stopped')
  expect(isThere(`${killer}.once`)).toBe(true)
  expect(await at.seen()).toEqual(before)
  expect(await at.land()).toEqual({ kind: 'landed' })
})

test('a landing whose branch a hook of the user’s does not let move leaves the checkout as it was', async () => {
  const at = await scene()
  const hook = join(at.path, '.git/hooks/reference-transaction')
  await mkdir(join(at.path, '.git/hooks'), { recursive: true })
  await writeFile(hook, '#!/bin/sh\n[ "$1" != prepared ] || ! grep -q refs/heads/main\n')
  await chmod(hook, 0o755)
  const before = await at.seen()
  expect(await at.land()).toMatchObject({ kind: 'refused' })
  expect(await at.seen()).toEqual(before)
})

test('files that are left out of a sparse checkout stay out', async () => {
  const { git, trusted, commit, raw, path } = await createRepository()
  const from = await commit('from', { 'in/a.txt': 'a\n', 'out/b.txt': 'b\n' })
  const to = await commit('to', { 'in/a.txt': 'new a\n', 'out/b.txt': 'new b\n' })
  await raw('reset', '--quiet', '--hard', from)
  await raw('sparse-checkout', 'set', 'in')
  await raw('read-tree', '-m', '-u', from, to)
  expect(await aged(() => takeBackMove(git, trusted, { branch: 'main', from, to }, true))).toEqual({ kind: 'taken-back' })
  expect(await raw('status', '--porcelain')).toBe('')
  expect(isThere(join(path, 'out/b.txt'))).toBe(false)
})

test('a session whose worktree could not follow to the end stays where it was', async () => {
  const { git, commit, raw, rawIn, around } = await createRepository()
  const there = join(around, 'session')
  await raw('worktree', 'add', '--quiet', '-b', 'sluice/a', there)
  const before = await rawIn(there, 'rev-parse', 'HEAD')
  const to = await commit('landed', { 'a.txt': 'a\n', 'b.txt': 'b\n' })
  const killer = join(around, 'killer')
  await writeFile(killer, '#!/bin/sh\nkill -9 $PPID\n')
  await chmod(killer, 0o755)
  await raw('config', 'filter.kill.smudge', killer)
  await writeFile(join(around, 'shop/.git/info/attributes'), 'b.txt filter=kill\n')
  const move = { session: 'a', branch: 'sluice/a', from: before as Oid, to }
  const followed = await aged(() => followLanding(git, { path: there, trusted: true }, move))
  expect(followed).toMatchObject({ kind: 'left', message: expect.stringContaining('git was stopped') })
  expect(await rawIn(there, 'status', '--porcelain')).toBe('')
  expect(await rawIn(there, 'rev-parse', 'HEAD')).toBe(before)
})
