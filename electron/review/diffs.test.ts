import { chmod, rename, symlink, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { DiffOf } from '../../shared/model/diff.ts'
import { diff } from '../../shared/model/diff.ts'
import { createRepository } from '../git/testing/repository.ts'
import { listChanges, readPatch } from './diffs.ts'
import type { Reviewed } from './reviewed.ts'
import { beginWork, type SessionWork } from './testing/session-work.ts'

const LINES = Array.from({ length: 40 }, (_, index) => `line ${index}\n`).join('')
const changed = (line: number, text: string, of = LINES): string => of.replace(`line ${line}\n`, `${text}\n`)

async function list({ git }: SessionWork, reviewed: Reviewed, of: DiffOf = 'branch', blanks = true) {
  const done = await listChanges(git, reviewed, of, blanks)
  if (!done.ok) throw new Error(done.failure.message)
  expect(diff.safeParse(done.value).error).toBeUndefined()
  return done.value
}
const names = ({ files }: { readonly files: readonly { readonly path: string }[] }): readonly string[] =>
  files.map(({ path }) => path)

async function patch({ git }: SessionWork, reviewed: Reviewed, of: DiffOf, paths?: readonly string[]): Promise<string> {
  const done = await readPatch(git, reviewed, of, paths)
  if (!done.ok) throw new Error(done.failure.message)
  return done.value.patch
}
/** The added and removed lines of a unified diff. */
const lines = (text: string): readonly string[] => text.split('\n').filter((line) => /^[+-](?![+-])/u.test(line))

test('the target’s own changes never show, on any side: before a rebase, after it, and after the target came in by a merge', async () => {
  const work = await beginWork('login', await withFiles({ 'a.txt': LINES, 'b.txt': LINES }))
  const { repository, raw, commit } = work
  const first = await commit('one', { 'a.txt': changed(3, 'mine') })
  const base = await repository.oid('main')
  await repository.commit('theirs', { 'a.txt': changed(30, 'theirs'), 'c.txt': 'theirs\n' })
  const looked = { head: first, base }
  const mine = ['-line 3', '+mine']

  expect(lines(await patch(work, await work.reviewed(), 'branch'))).toEqual(mine)
  await raw('rebase', '--quiet', 'main')
  expect(lines(await patch(work, await work.reviewed(), 'branch'))).toEqual(mine)
  // All that was rebased was looked at before.
  const same = await list(work, await work.reviewed({ looked }), 'looked')
  expect([names(same), same.note]).toEqual([[], undefined])

  await commit('two', { 'b.txt': changed(5, 'more') })
  expect(lines(await patch(work, await work.reviewed({ looked }), 'looked'))).toEqual(['-line 5', '+more'])

  await repository.commit('theirs again', { 'd.txt': 'theirs\n' })
  await raw('merge', '--quiet', '--no-edit', 'main')
  const merge = await repository.oid('sluice/login')
  expect(names(await list(work, await work.reviewed()))).toEqual(['a.txt', 'b.txt'])
  expect(lines(await patch(work, await work.reviewed({ looked }), 'looked'))).toEqual(['-line 5', '+more'])
  const merged = await list(work, await work.reviewed(), `commit:${merge}`)
  expect([names(merged), merged.note]).toEqual([[], expect.stringMatching(/merge/u)])
})

test('without a look all of the work is shown, and a look that git has not kept is said', async () => {
  const work = await beginWork()
  await work.commit('one', { 'a.txt': 'a\n' })
  const none = await list(work, await work.reviewed(), 'looked')
  expect([names(none), none.note]).toEqual([['a.txt'], expect.stringMatching(/not looked/u)])
  const lost = { head: '1'.repeat(40) as never, base: none.base as never }
  const gone = await list(work, await work.reviewed({ looked: lost }), 'looked')
  expect([names(gone), gone.note]).toEqual([['a.txt'], expect.stringMatching(/not kept/u)])
})

test('an amended commit shows what was amended since the look', async () => {
  const work = await beginWork('login', await withFiles({ 'a.txt': LINES }))
  const head = await work.commit('one', { 'a.txt': changed(3, 'first') })
  const looked = { head, base: await work.repository.oid('main') }
  await work.write('a.txt', changed(3, 'second'))
  await work.raw('commit', '--quiet', '--all', '--amend', '--no-edit')
  expect(lines(await patch(work, await work.reviewed({ looked }), 'looked'))).toEqual(['-first', '+second'])
})

test('where the target changed the same lines, the file’s whole change is shown and the note names it', async () => {
  const work = await beginWork('login', await withFiles({ 'a.txt': LINES, 'b.txt': LINES }))
  const head = await work.commit('one', { 'a.txt': changed(3, 'mine'), 'b.txt': changed(3, 'seen') })
  const looked = { head, base: await work.repository.oid('main') }
  await work.repository.commit('theirs', { 'a.txt': changed(3, 'theirs') })
  await work.raw('rebase', '--quiet', '-X', 'theirs', 'main')
  const since = await list(work, await work.reviewed({ looked }), 'looked')
  expect([names(since), since.note]).toEqual([['a.txt'], expect.stringMatching(/“a\.txt”/u)])
  expect(lines(await patch(work, await work.reviewed({ looked }), 'looked'))).toEqual(['-theirs', '+mine'])
})

test('a moved file that the target changed too shows as the session’s own move', async () => {
  const work = await beginWork('login', await withFiles({ 'a.txt': LINES }))
  await work.raw('mv', 'a.txt', 'moved.txt')
  const head = await work.commit('one', { 'moved.txt': changed(3, 'mine') })
  const looked = { head, base: await work.repository.oid('main') }
  await work.repository.commit('theirs', { 'a.txt': changed(3, 'theirs') })
  await work.raw('rebase', '--quiet', '-X', 'theirs', 'main')
  const since = await list(work, await work.reviewed({ looked }), 'looked')
  expect(since.files).toMatchObject([{ path: 'moved.txt', oldPath: 'a.txt', status: 'renamed' }])
  expect(lines(await patch(work, await work.reviewed({ looked }), 'looked'))).toEqual(['-theirs', '+mine'])
})

test('one commit is compared with its parent, the first of all with nothing, and only commits of the session are shown', async () => {
  const work = await beginWork()
  const { repository, raw, commit } = work
  const one = await commit('one', { 'a.txt': 'a\n' })
  const two = await commit('two', { 'b.txt': 'b\n' })
  expect(names(await list(work, await work.reviewed(), `commit:${one}`))).toEqual(['a.txt'])
  expect(names(await list(work, await work.reviewed(), `commit:${two}`))).toEqual(['b.txt'])
  const main = await repository.oid('main')
  for (const other of [main, '2'.repeat(40)])
    expect(await listChanges(work.git, await work.reviewed(), `commit:${other}`)).toMatchObject({
      ok: false,
      failure: { code: 'no-such-work' },
    })
  await raw('checkout', '--quiet', '--orphan', 'fresh')
  await raw('commit', '--quiet', '--message', 'root')
  const root = await repository.oid('fresh')
  await raw('merge', '--quiet', '--no-edit', '--allow-unrelated-histories', '-X', 'ours', 'main')
  await raw('branch', '--force', 'sluice/login', 'HEAD')
  expect(names(await list(work, await work.reviewed(), `commit:${root}`))).toEqual(['README.md', 'a.txt', 'b.txt'])
})

test('a merge shows what was done in it beyond what git would have merged', async () => {
  const work = await beginWork('login', await withFiles({ 'a.txt': LINES }))
  await work.commit('one', { 'a.txt': changed(3, 'mine') })
  await work.repository.commit('theirs', { 'a.txt': changed(30, 'theirs') })
  await work.raw('merge', '--quiet', '--no-commit', '--no-ff', 'main')
  const merge = await work.commit('merge', { 'a.txt': changed(3, 'mine', changed(30, 'theirs', changed(20, 'in the merge'))) })
  expect(lines(await patch(work, await work.reviewed(), `commit:${merge}`))).toEqual(['-line 20', '+in the merge'])
})

test('two sessions are compared by their own work, whatever each began at', async () => {
  const repository = await withFiles({ 'a.txt': LINES })
  const other = await beginWork('other', repository)
  await other.commit('theirs', { 'a.txt': changed(3, 'theirs') })
  await repository.commit('target', { 'a.txt': changed(30, 'target'), 'c.txt': 'target\n' })
  const work = await beginWork('login', repository)
  await work.commit('mine', { 'a.txt': changed(3, 'mine', changed(30, 'target')) })
  const against = await list(work, await work.reviewed(), 'against:other')
  expect([names(against), against.note]).toEqual([['a.txt'], expect.stringMatching(/“other”.*“login”/u)])
  expect(lines(await patch(work, await work.reviewed(), 'against:other'))).toEqual(['-theirs', '+mine'])
  expect(await listChanges(work.git, await work.reviewed({ other: () => null }), 'against:other')).toMatchObject({
    failure: { code: 'no-such-work' },
  })
})

test('each file says what it is, why it is folded and whose it is', async () => {
  const crlf = LINES.replaceAll('\n', '\r\n')
  const generated = `// @generated by a program\n${LINES}`
  const work = await beginWork(
    'login',
    await withFiles({
      '.gitattributes': '*.bin filter=lfs -text\nsrc/made.ts linguist-generated\n',
      'ends.txt': crlf,
      'src/made.ts': 'x\n',
      'src/says.ts': 'x\n',
      'run.sh': 'x\n',
      'plain.txt': 'x\n',
    }),
  )
  await unlink(join(work.path, 'plain.txt'))
  await symlink('run.sh', join(work.path, 'plain.txt'))
  await chmod(join(work.path, 'run.sh'), 0o755)
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12\n`
  await work.commit('all', {
    'big.bin': pointer,
    'ends.txt': LINES,
    'src/made.ts': 'y\n',
    'src/says.ts': generated,
    'package-lock.json': '{}\n',
    'package.json': '{}\n',
    'src/large.txt': LINES.repeat(100),
    'src/pic.png': Buffer.from([0x89, 0x50, 0, 1]),
    '-leading': 'x\n',
    'ünï “q”.txt': 'x\n',
  })
  const { files } = await list(work, await work.reviewed({ scope: ['src', '*.json'] }))
  const facts = files.map(({ path, kind, folded, group, modes }) => [path, kind ?? folded, group, modes?.join(' ')])
  expect(facts.toSorted()).toEqual(
    [
      ['-leading', undefined, 'out-of-scope', undefined],
      ['big.bin', 'lfs', 'out-of-scope', undefined],
      ['ends.txt', 'line-endings', 'out-of-scope', undefined],
      ['package-lock.json', 'lock-file', 'shared', undefined],
      ['package.json', undefined, 'shared', undefined],
      ['plain.txt', 'link', 'out-of-scope', '100644 120000'],
      ['run.sh', undefined, 'out-of-scope', '100644 100755'],
      ['src/large.txt', 'large', undefined, undefined],
      ['src/made.ts', 'generated', undefined, undefined],
      ['src/pic.png', 'image', undefined, undefined],
      ['src/says.ts', 'generated', undefined, undefined],
      ['ünï “q”.txt', undefined, 'out-of-scope', undefined],
    ].toSorted(),
  )
})

test('a submodule says so', async () => {
  const work = await beginWork()
  await work.raw('update-index', '--add', '--cacheinfo', `160000,${await work.repository.oid('main')},inner`)
  await work.raw('commit', '--quiet', '--message', 'inner')
  expect((await list(work, await work.reviewed())).files).toMatchObject([{ path: 'inner', kind: 'submodule' }])
})

test('without blanks a file that changed in blanks alone is in neither list nor patch', async () => {
  const work = await beginWork('login', await withFiles({ 'a.txt': LINES, 'b.txt': LINES, 'c.txt': 'x\n' }))
  await work.commit('one', {
    'a.txt': LINES.replaceAll('\n', '\r\n'),
    'b.txt': changed(3, 'mine', LINES.replaceAll('line', ' line')),
    'c.txt': 'x\n',
  })
  const reviewed = await work.reviewed()
  expect((await list(work, reviewed, 'branch', false)).files).toMatchObject([{ path: 'b.txt', insertions: 1, deletions: 1 }])
  const done = await readPatch(work.git, reviewed, 'branch', undefined, false)
  expect(done.ok && done.value.patch.match(/^diff --git .*$/gmu)).toEqual(['diff --git a/b.txt b/b.txt'])
})

test('a patch of a moved file by its new name alone shows the move', async () => {
  const work = await beginWork('login', await withFiles({ 'a.txt': LINES }))
  await rename(join(work.path, 'a.txt'), join(work.path, 'b.txt'))
  await work.commit('move')
  expect(await patch(work, await work.reviewed(), 'branch', ['b.txt'])).toMatch(/^rename from a\.txt$/mu)
})

test('work that removed every file is a list of what went', async () => {
  const work = await beginWork()
  await unlink(join(work.path, 'README.md'))
  await work.commit('nothing left')
  expect((await list(work, await work.reviewed())).files).toMatchObject([{ path: 'README.md', status: 'deleted' }])
})

test('the same commits are compared once, and files of the worktree once between two changes', async () => {
  const work = await beginWork()
  await work.commit('one', { 'a.txt': 'a\n' })
  await work.write('new.txt', 'n\n')
  let version = 1
  const reviewed = await work.reviewed({ version: () => version })
  const diffs = (): number => work.verbs.filter((verb) => verb === 'diff-tree' || verb === 'diff').length
  await list(work, reviewed)
  await list(work, reviewed)
  expect(diffs()).toBe(1)
  await list(work, reviewed, 'uncommitted')
  await list(work, reviewed, 'uncommitted')
  expect(diffs()).toBe(2)
  version = 2
  await list(work, reviewed, 'uncommitted')
  expect(diffs()).toBe(3)
})

async function withFiles(files: Readonly<Record<string, string>>) {
  const repository = await createRepository()
  await repository.commit('files', files)
  return repository
}
