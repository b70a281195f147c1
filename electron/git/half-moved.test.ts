import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isHalfMoved } from './half-moved.ts'
import type { Oid } from './names.ts'
import { createRepository, type TestRepository } from './testing/repository.ts'

type Half = TestRepository & { readonly there: string; readonly from: Oid; readonly to: Oid }

/** A worktree at the first of two commits with the files of the second one half written: `a` whole, `b` begun, `d` not yet. */
async function half(): Promise<Half> {
  const repository = await createRepository()
  const from = await repository.commit('old', { 'a.txt': 'a\n', 'b.txt': 'b\n', 'd.txt': 'd\n', '.gitignore': '*.log\n' })
  const there = join(repository.around, 'there')
  await repository.raw('worktree', 'add', '--quiet', '--detach', there, from)
  const to = await repository.commit('new', { 'a.txt': 'new a\n', 'b.txt': 'new b\nmore\n', 'c.txt': 'c\n', 'd.txt': 'new d\n' })
  await writeFile(join(there, 'a.txt'), 'new a\n')
  await writeFile(join(there, 'b.txt'), 'new b\nm')
  await writeFile(join(there, 'c.txt'), 'c\n')
  return { ...repository, there, from, to }
}

const asked = ({ git, there, from, to }: Half, trusted = true): Promise<boolean> =>
  isHalfMoved(git, { path: there, trusted }, { from, to })

test('files of both commits, one that is cut off and one that is missing are what git left', async () => {
  const at = await half()
  expect(await asked(at)).toBe(true)
  await rm(join(at.there, 'd.txt'))
  expect(await asked(at)).toBe(true)
  await writeFile(join(at.path, '.git/worktrees/there/index.lock'), '')
  expect(await asked(at)).toBe(true)
})

const SOMEBODYS: readonly (readonly [string, (at: Half) => Promise<unknown>])[] = [
  ['a new file', ({ there }) => writeFile(join(there, 'new.txt'), 'work')],
  ['an ignored file', ({ there }) => writeFile(join(there, 'x.log'), 'work')],
  ['a changed file', ({ there }) => writeFile(join(there, 'd.txt'), 'work')],
  ['a changed file that git had brought along', ({ there }) => writeFile(join(there, 'a.txt'), 'new a\nwork\n')],
  ['something staged', ({ rawIn, there }) => rawIn(there, 'add', 'a.txt')],
]

test.each(SOMEBODYS)('what somebody put there is told from it: %s', async (_what, put) => {
  const at = await half()
  await put(at)
  expect(await asked(at)).toBe(false)
})

test('nothing is looked at where the repository is not trusted', async () => {
  expect(await asked(await half(), false)).toBe(false)
})
