/** Facts about taking changes back in a worktree: what goes, what stays, and that a snapshot has what was there. */

import { chmod, readFile, readlink, rm, symlink, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { DiffOf } from '../../shared/model/diff.ts'
import { isThere } from '../git/testing/repository.ts'
import { readPatch } from './diffs.ts'
import { discardChange } from './discarding.ts'
import { hunkIn } from './hunks.ts'
import { beginWork, type SessionWork } from './testing/session-work.ts'

const LINES = Array.from({ length: 40 }, (_, index) => `line ${index}\n`).join('')
const changed = (line: number, text: string, of = LINES): string => of.replace(`line ${line}\n`, `${text}\n`)
const bytes = ({ path }: SessionWork, file: string): Promise<string> => readFile(join(path, file), 'latin1')
const status = async ({ raw }: SessionWork): Promise<readonly string[]> =>
  (await raw('status', '--porcelain', '--untracked-files=all', '-z')).split('\0').filter((line) => line !== '')

/** A session of a repository that has these files. */
async function begin(files: Readonly<Record<string, string>>): Promise<SessionWork> {
  const work = await beginWork()
  for (const [name, content] of Object.entries(files)) await work.repository.write(name, content)
  await work.repository.commit('before')
  await work.raw('reset', '--quiet', '--hard', 'main')
  return work
}

async function discard(work: SessionWork, of: DiffOf, path: string, hunk?: string, head?: string) {
  return discardChange(work.git, await work.reviewed(), {
    of,
    path,
    hunk,
    head: head ?? (await work.repository.oid('sluice/login')),
    ref: 'refs/sluice/snapshots/login/20261121T000000Z',
  })
}

/** The snapshot of a discard that must have gone well. */
async function gone(work: SessionWork, of: DiffOf, path: string, hunk?: string): Promise<string> {
  const done = await discard(work, of, path, hunk)
  if (!done.ok) throw new Error(done.failure.message)
  return done.value
}

/** The hunks of a file as the page has them: each with the head of the file before it. */
async function hunks(work: SessionWork, of: DiffOf, path: string): Promise<readonly string[]> {
  const done = await readPatch(work.git, await work.reviewed(), of, [path])
  if (!done.ok) throw new Error(done.failure.message)
  const [head = '', ...rest] = done.value.patch.split(/^(?=@@ )/mu)
  return rest.map((hunk) => head + hunk)
}

test('an uncommitted file goes back to the last commit; what others have staged stays, and a snapshot has it all', async () => {
  const work = await begin({ 'a.txt': LINES, 'b.txt': LINES })
  await work.commit('work', { 'a.txt': changed(3, 'committed') })
  await work.write('a.txt', 'staged\n')
  await work.write('b.txt', 'staged, too\n')
  await work.raw('add', '--all')
  await work.write('a.txt', 'mine\n')
  const snapshot = await gone(work, 'uncommitted', 'a.txt')
  expect(await bytes(work, 'a.txt')).toBe(changed(3, 'committed'))
  expect(await status(work)).toEqual(['M  b.txt'])
  expect(await work.raw('show', `${snapshot}:a.txt`)).toBe('mine')
  expect(await work.raw('show', `${snapshot}^2:a.txt`)).toBe('staged')
  expect(await work.raw('rev-parse', 'refs/sluice/snapshots/login/20261121T000000Z')).toBe(snapshot)
})

test('new, staged, deleted, moved, linked and binary files go back as well, and a mode', async () => {
  const work = await begin({ 'gone.txt': 'x\n', 'old.txt': LINES, 'bin.dat': 'a\0b', 'run.sh': 'run\n', link: 'plain\n' })
  await work.write('deep/er/ü "n".txt', 'new\n')
  await work.write('-staged.txt', 'new\n')
  await work.raw('add', '--', '-staged.txt')
  await unlink(join(work.path, 'gone.txt'))
  await work.raw('mv', 'old.txt', 'moved.txt')
  await work.write('bin.dat', 'a\0c')
  await chmod(join(work.path, 'run.sh'), 0o755)
  await unlink(join(work.path, 'link'))
  await symlink('/etc/passwd', join(work.path, 'link'))
  let snapshot = ''
  for (const path of ['deep/er/ü "n".txt', '-staged.txt', 'gone.txt', 'moved.txt', 'bin.dat', 'run.sh', 'link']) {
    snapshot = await gone(work, 'uncommitted', path)
  }
  expect(await status(work)).toEqual([])
  expect([await bytes(work, 'gone.txt'), await bytes(work, 'bin.dat'), await bytes(work, 'link')]).toEqual([
    'x\n',
    'a\0b',
    'plain\n',
  ])
  expect(isThere(join(work.path, 'deep'))).toBe(false)
  expect(await work.raw('cat-file', '-p', `${snapshot}:link`)).toBe('/etc/passwd')
  expect(await readFile('/etc/passwd', 'utf8')).not.toBe('plain\n')
})

test('of the branch, a file goes back to where the branch left the target, as a change that is not committed', async () => {
  const work = await begin({ 'a.txt': LINES, 'old.txt': LINES.replaceAll('line', 'row'), 'gone.txt': 'x\n' })
  await work.write('a.txt', changed(3, 'mine'))
  await work.write('new.txt', 'new\n')
  await unlink(join(work.path, 'gone.txt'))
  await work.raw('mv', 'old.txt', 'moved.txt')
  const head = await work.commit('work')
  await work.repository.commit('theirs', { 'a.txt': changed(30, 'theirs') })
  for (const path of ['a.txt', 'new.txt', 'gone.txt', 'moved.txt']) await gone(work, 'branch', path)
  expect(await bytes(work, 'a.txt')).toBe(LINES)
  expect(await status(work)).toEqual([' M a.txt', ' D moved.txt', ' D new.txt', '?? gone.txt', '?? old.txt'])
  expect(await work.repository.oid('sluice/login')).toBe(head)
})

test('one hunk is taken back alone, staged or not, wherever its lines are by now', async () => {
  const work = await begin({ 'a.txt': LINES })
  await work.write('a.txt', changed(30, 'second', changed(9, 'first')))
  await work.raw('add', 'a.txt')
  const [first = '', second = ''] = await hunks(work, 'uncommitted', 'a.txt')
  await gone(work, 'uncommitted', 'a.txt', second)
  expect(await bytes(work, 'a.txt')).toBe(changed(9, 'first'))
  expect(await status(work)).toEqual(['M  a.txt'])
  await work.commit('work')
  await work.write('a.txt', `zero\n${changed(9, 'first')}`)
  const [branch = ''] = await hunks(work, 'branch', 'a.txt')
  await gone(work, 'branch', 'a.txt', branch)
  expect(await bytes(work, 'a.txt')).toBe(`zero\n${LINES}`)

  // Once more it is not there any more.
  const before = await work.raw('for-each-ref', 'refs/sluice')
  expect(await discard(work, 'branch', 'a.txt', first)).toMatchObject({ failure: { code: 'does-not-apply' } })
  expect(await bytes(work, 'a.txt')).toBe(`zero\n${LINES}`)
  expect(await work.raw('for-each-ref', 'refs/sluice')).toBe(before)
})

test('one of two changes of the same hunk goes alone, also next to the end of a file without a line end', async () => {
  const work = await begin({ 'a.txt': 'one\ntwo\nthree\nfour' })
  await work.write('a.txt', 'one\n2\nthree\n4')
  await gone(work, 'uncommitted', 'a.txt', '@@ -1,4 +1,4 @@\n one\n-two\n+2\n three\n 4\n\\ No newline at end of file\n')
  expect(await bytes(work, 'a.txt')).toBe('one\ntwo\nthree\n4')
})

test('a hunk of a file that was moved stays where the file is now; what is viewed counts as the branch', async () => {
  const work = await begin({ 'old.txt': LINES })
  await work.raw('mv', 'old.txt', 'new "1" ü.txt')
  await work.commit('work', { 'new "1" ü.txt': changed(20, 'mine') })
  const [hunk = ''] = await hunks(work, 'branch', 'new "1" ü.txt')
  expect(hunk).toContain('@@ ')
  await gone(work, 'unviewed', 'new "1" ü.txt', hunk)
  expect([await bytes(work, 'new "1" ü.txt'), isThere(join(work.path, 'old.txt'))]).toEqual([LINES, false])
})

test('a hunk fits exactly or not at all: blanks, line ends and settings make no difference', async () => {
  const work = await begin({ 'a.txt': LINES, 'crlf.txt': LINES.replaceAll('\n', '\r\n'), 'open.txt': 'one\ntwo' })
  await work.raw('config', 'apply.ignoreWhitespace', 'change')
  await work.raw('config', 'apply.whitespace', 'fix')
  await work.commit('work', {
    'a.txt': changed(3, 'trailing  '),
    'crlf.txt': changed(3, 'mine').replaceAll('\n', '\r\n'),
    'open.txt': 'one\n2',
  })
  const [crlf = ''] = await hunks(work, 'branch', 'crlf.txt')
  await gone(work, 'branch', 'crlf.txt', crlf)
  expect(await bytes(work, 'crlf.txt')).toBe(LINES.replaceAll('\n', '\r\n'))
  const [open = ''] = await hunks(work, 'branch', 'open.txt')
  await gone(work, 'branch', 'open.txt', open)
  expect(await bytes(work, 'open.txt')).toBe('one\ntwo')
  const [blank = ''] = await hunks(work, 'branch', 'a.txt')
  expect(await discard(work, 'branch', 'a.txt', blank.replace('trailing  ', 'trailing'))).toMatchObject({
    failure: { code: 'does-not-apply' },
  })
  await gone(work, 'branch', 'a.txt', blank)
  expect(await bytes(work, 'a.txt')).toBe(LINES)
})

test('with line ends that git converts, a hunk still fits', async () => {
  const work = await begin({ 'a.txt': LINES, '.gitattributes': '*.txt text eol=crlf\n' })
  await rm(join(work.path, 'a.txt'))
  await work.raw('checkout', '--', 'a.txt')
  expect(await bytes(work, 'a.txt')).toBe(LINES.replaceAll('\n', '\r\n'))
  await work.write('a.txt', changed(3, 'mine').replaceAll('\n', '\r\n'))
  const [hunk = ''] = await hunks(work, 'uncommitted', 'a.txt')
  await gone(work, 'uncommitted', 'a.txt', hunk)
  expect(await bytes(work, 'a.txt')).toBe(LINES.replaceAll('\n', '\r\n'))
})

test('the only hunk of a new or deleted file takes the file with it, or brings it back', async () => {
  const work = await begin({ 'gone.txt': LINES })
  await work.write('new "1".txt', 'new\n')
  await unlink(join(work.path, 'gone.txt'))
  const [fresh = ''] = await hunks(work, 'uncommitted', 'new "1".txt')
  const [deleted = ''] = await hunks(work, 'uncommitted', 'gone.txt')
  await gone(work, 'uncommitted', 'new "1".txt', fresh)
  await gone(work, 'uncommitted', 'gone.txt', deleted)
  expect(await status(work)).toEqual([])
  // One that got more lines since is no longer what was shown.
  await work.write('more.txt', 'one\n')
  const [one = ''] = await hunks(work, 'uncommitted', 'more.txt')
  await work.write('more.txt', 'one\ntwo\n')
  expect(await discard(work, 'uncommitted', 'more.txt', one)).toMatchObject({ failure: { code: 'does-not-apply' } })
  expect(await bytes(work, 'more.txt')).toBe('one\ntwo\n')
})

test('a patch touches no other file than the one named, whatever it says', async () => {
  const work = await begin({ 'a.txt': LINES, 'b.txt': LINES })
  await work.write('a.txt', changed(3, 'mine'))
  await work.write('b.txt', changed(3, 'mine'))
  const [hunk = ''] = await hunks(work, 'uncommitted', 'b.txt')
  await gone(work, 'uncommitted', 'a.txt', hunk)
  expect([await bytes(work, 'a.txt'), await bytes(work, 'b.txt')]).toEqual([LINES, changed(3, 'mine')])
  for (const wrong of ['', 'GIT binary patch\n', `${hunk}${hunk}`, hunk.slice(0, -8), '@@ -1 +1 @@\nx\n'])
    expect(await discard(work, 'uncommitted', 'b.txt', wrong)).toMatchObject({ failure: { code: 'does-not-apply' } })
})

test('a link is a file here: nothing behind one is touched', async () => {
  const work = await begin({ link: 'plain\n', 'dir/a.txt': LINES })
  await work.commit('work', { 'dir/a.txt': changed(3, 'mine') })
  await work.repository.write('../outside/a.txt', 'outside\n')
  await rm(join(work.path, 'dir'), { recursive: true })
  await symlink(join(work.repository.around, 'outside'), join(work.path, 'dir'))
  expect(await discard(work, 'branch', 'dir/a.txt')).toMatchObject({ failure: { code: 'does-not-apply' } })
  expect(await readFile(join(work.repository.around, 'outside/a.txt'), 'utf8')).toBe('outside\n')
  expect(await readlink(join(work.path, 'dir'))).toContain('outside')
  const snapshot = await gone(work, 'uncommitted', 'dir')
  expect(await work.raw('ls-tree', '-r', '--name-only', snapshot)).toBe('README.md\ndir\nlink')
  expect(isThere(join(work.path, 'dir'))).toBe(false)
  expect(await readFile(join(work.repository.around, 'outside/a.txt'), 'utf8')).toBe('outside\n')
})

test('what git ignores is in no snapshot, so it is not overwritten', async () => {
  const work = await begin({ 'old.txt': LINES })
  await work.raw('mv', 'old.txt', 'moved.txt')
  await work.commit('work', { '.gitignore': 'old.txt\n' })
  await work.write('old.txt', 'precious\n')
  expect(await discard(work, 'branch', 'moved.txt')).toMatchObject({
    failure: { code: 'does-not-apply', message: expect.stringContaining('ignores') },
  })
  expect(await bytes(work, 'old.txt')).toBe('precious\n')
  expect(isThere(join(work.path, 'moved.txt'))).toBe(true)
})

test('after a new commit, of another side, or of a file that did not change nothing is taken back', async () => {
  const work = await begin({ 'a.txt': LINES })
  const head = await work.commit('work', { 'a.txt': changed(3, 'mine') })
  await work.commit('more')
  expect(await discard(work, 'branch', 'a.txt', undefined, head)).toMatchObject({ failure: { code: 'changed' } })
  expect(await discard(work, `commit:${head}`, 'a.txt')).toMatchObject({ failure: { code: 'no-such-work' } })
  expect(await discard(work, 'uncommitted', 'a.txt')).toMatchObject({ failure: { code: 'does-not-apply' } })
  expect(await discard(work, 'branch', '../a.txt')).toMatchObject({ failure: { code: 'does-not-apply' } })
  expect(await bytes(work, 'a.txt')).toBe(changed(3, 'mine'))
})

test('a submodule is left to the user', async () => {
  const work = await begin({ 'a.txt': LINES })
  const oid = await work.repository.oid('main')
  await work.raw('update-index', '--add', '--cacheinfo', `160000,${oid},lib`)
  await work.raw('commit', '--quiet', '-m', 'a submodule')
  expect(await discard(work, 'branch', 'lib')).toMatchObject({ failure: { message: expect.stringContaining('submodule') } })
})

test('exactly one whole hunk is read from a diff', () => {
  expect(hunkIn('diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@ f()\n a\r\n-b\n+c\n\\ No newline at end of file\n')).toBe(
    '@@ -1,2 +1,2 @@ f()\n a\r\n-b\n+c\n\\ No newline at end of file\n',
  )
  expect(hunkIn('@@ -0,0 +1 @@\n+a')).toBe('@@ -0,0 +1 @@\n+a\n')
  for (const wrong of ['', 'Binary files differ\n', '@@ -1 +1 @@\n-a\n', '@@ -1 +1 @@\n-a\n+b\n+c\n', '@@@ -1 -1 +1 @@@\n'])
    expect(hunkIn(wrong)).toBeNull()
})
