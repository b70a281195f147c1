import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { DiffOf } from '../../shared/model/diff.ts'
import { createLoads } from './cache.ts'
import { listChanges, readPatch } from './diffs.ts'
import { marksOf, viewedPaths } from './marks.ts'
import type { Mark, Reviewed } from './reviewed.ts'
import { beginWork, type SessionWork } from './testing/session-work.ts'

const LINES = Array.from({ length: 40 }, (_, index) => `line ${index}\n`).join('')
const changed = (line: number, text: string, of = LINES): string => of.replace(`line ${line}\n`, `${text}\n`)

async function begin() {
  const work = await beginWork()
  await work.repository.commit('files', { 'a.txt': LINES, 'b.txt': LINES, 'move.txt': LINES.toUpperCase(), 'run.sh': 'x\n' })
  await work.raw('reset', '--quiet', '--hard', 'main')
  return work
}

/** The viewed files of that side, by name. */
async function viewed(work: SessionWork, marks: readonly Mark[], of: DiffOf = 'branch'): Promise<readonly string[]> {
  const reviewed: Reviewed = await work.reviewed({ marks })
  const done = await listChanges(work.git, reviewed, of)
  if (!done.ok) throw new Error(done.failure.message)
  return done.value.files.filter((file) => file.viewed).map(({ path }) => path)
}

test('a mark holds through a rebase over changes elsewhere in the file, and falls away where the change becomes another one', async () => {
  const work = await begin()
  await work.raw('mv', 'move.txt', 'moved.txt')
  await chmod(join(work.path, 'run.sh'), 0o755)
  const picture = Buffer.from([0, 1, 2])
  await work.commit('one', { 'a.txt': changed(3, 'mine'), 'b.txt': changed(3, 'mine'), 'new.txt': 'n\n', 'p.png': picture })
  const all = ['a.txt', 'b.txt', 'moved.txt', 'new.txt', 'p.png', 'run.sh']
  const marks = await marksOf(work.git, await work.reviewed(), 'branch', [...all, 'README.md'])
  expect(marks.map(({ path }) => path).toSorted()).toEqual(all)
  expect(await viewed(work, marks)).toEqual(all)

  await work.repository.commit('theirs', { 'a.txt': changed(30, 'theirs'), 'move.txt': changed(30, 'theirs').toUpperCase() })
  await work.raw('rebase', '--quiet', 'main')
  expect(await viewed(work, marks)).toEqual(all)

  await chmod(join(work.path, 'run.sh'), 0o644)
  await work.commit('two', { 'a.txt': changed(3, 'other', changed(30, 'theirs')), 'p.png': Buffer.from([0, 1, 3]) })
  expect(await viewed(work, marks)).toEqual(['b.txt', 'moved.txt', 'new.txt'])
  // What it was before is what was viewed.
  await work.commit('back', { 'a.txt': changed(3, 'mine', changed(30, 'theirs')) })
  expect(await viewed(work, marks)).toEqual(['a.txt', 'b.txt', 'moved.txt', 'new.txt'])
})

test('files that are not committed are marked too, and stay marked when they are committed as they were', async () => {
  const work = await begin()
  await work.write('new.txt', 'n\n')
  await work.write('a.txt', changed(3, 'mine'))
  const marks = await marksOf(work.git, await work.reviewed(), 'uncommitted', ['new.txt', 'a.txt'])
  expect(await viewed(work, marks, 'uncommitted')).toEqual(['a.txt', 'new.txt'])
  await work.write('new.txt', 'n\nmore\n')
  expect(await viewed(work, marks, 'uncommitted')).toEqual(['a.txt'])
  await work.commit('all')
  expect(await viewed(work, marks)).toEqual(['a.txt'])
})

test('what is not viewed is a side of its own, as a list and as a patch', async () => {
  const work = await begin()
  await work.commit('one', { 'a.txt': changed(3, 'mine'), 'b.txt': changed(3, 'mine') })
  const marks = await marksOf(work.git, await work.reviewed(), 'unviewed', ['a.txt'])
  const reviewed = await work.reviewed({ marks })
  expect(await listChanges(work.git, reviewed, 'unviewed')).toMatchObject({
    value: { files: [{ path: 'b.txt', viewed: false }] },
  })
  const done = await readPatch(work.git, reviewed, 'unviewed', undefined)
  expect(done.ok && done.value.patch.match(/^diff --git .*$/gmu)).toEqual(['diff --git a/b.txt b/b.txt'])
  const every = await marksOf(work.git, reviewed, 'branch', ['a.txt', 'b.txt'])
  expect(await readPatch(work.git, await work.reviewed({ marks: every }), 'unviewed', undefined)).toMatchObject({
    value: { patch: '', truncated: false },
  })
})

test('what was marked of the changes since the last look counts as viewed of the branch', async () => {
  const work = await begin()
  const base = await work.repository.oid('main')
  const head = await work.commit('one', { 'a.txt': changed(3, 'mine') })
  await work.commit('two', { 'a.txt': changed(9, 'more', changed(3, 'mine')) })
  const reviewed = await work.reviewed({ looked: { head, base } })
  expect(await viewed(work, await marksOf(work.git, reviewed, 'looked', ['a.txt']))).toEqual(['a.txt'])
})

test('names and lines that look like git’s own mix up no marks', async () => {
  const work = await begin()
  const odd = ['a\ndiff --git a/x b/x', 'b":100644', '-c', 'ü\t“d”']
  const text = 'diff --git a/x b/x\n:100644 100644 0 0 M\tx\nindex 1..2\n@@ -1 +1 @@\n'
  await work.commit('one', Object.fromEntries(odd.map((name, at) => [name, `${text}${at}\n`])))
  const marks = await marksOf(work.git, await work.reviewed(), 'branch', odd)
  expect(new Set(marks.map(({ key }) => key)).size).toBe(odd.length)
  // Other blobs of the same changes: only the keys tell.
  const keys = marks.map((mark) => ({ ...mark, from: null, to: null }))
  expect((await viewed(work, keys)).toSorted()).toEqual(odd.toSorted())
})

test('marks cost one comparison for all files, and none where the blobs tell', async () => {
  const work = await begin()
  await work.commit('one', { 'a.txt': changed(3, 'mine'), 'b.txt': changed(3, 'mine') })
  const reviewed = await work.reviewed()
  const marks = await marksOf(work.git, reviewed, 'branch', ['a.txt', 'b.txt'])
  const files = [{ path: 'a.txt' }, { path: 'b.txt' }]
  const before = work.verbs.length
  expect((await viewedPaths(work.git, reviewed, 'branch', files, marks)).size).toBe(2)
  const diffs = (): number => work.verbs.slice(before).filter((verb) => verb === 'diff-tree').length
  expect(diffs()).toBe(0)
  const keys = marks.map((mark) => ({ ...mark, to: null }))
  const fresh = { ...reviewed, loads: createLoads() }
  expect((await viewedPaths(work.git, fresh, 'branch', files, keys)).size).toBe(2)
  expect(diffs()).toBe(2)
})
