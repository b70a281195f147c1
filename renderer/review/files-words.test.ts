/** Facts about what is said of a file in the list. */

import { expect, test } from 'vitest'
import type { DiffFile } from '../../shared/model/diff.ts'
import { tagOf, wasOf, wordsOf } from './files-words.ts'

const file = (over: Partial<DiffFile>): DiffFile => ({
  path: 'src/a.ts',
  status: 'modified',
  insertions: 2,
  deletions: 1,
  binary: false,
  viewed: false,
  ...over,
})

test('a file is said in words: what happened, how much, and what was said of it', () => {
  expect(wordsOf(file({}), 0)).toBe('src/a.ts, Modified, 2 added, 1 removed')
  expect(wordsOf(file({ modes: ['100644', '100755'] }), 1)).toBe(
    'src/a.ts, Modified, Made executable, 2 added, 1 removed, 1 comment',
  )
  expect(wordsOf(file({ status: 'renamed', oldPath: 'lib/b.ts', insertions: 0, deletions: 0 }), 0)).toBe(
    'src/a.ts, was lib/b.ts, Renamed',
  )
  expect(wordsOf(file({ kind: 'image', binary: true, folded: 'generated' }), 2)).toBe(
    'src/a.ts, Modified, Image, Generated, 2 comments',
  )
})

test('what is no text says what it is', () => {
  expect(
    [
      file({ kind: 'lfs' }),
      file({ kind: 'submodule' }),
      file({ binary: true }),
      file({ modes: ['100644', '100755'] }),
      file({}),
    ].map(tagOf),
  ).toEqual(['LFS', 'submodule', 'binary', 'mode', null])
})

test('a rename in place says the old name alone', () => {
  expect(wasOf(file({ oldPath: 'src/b.ts' }))).toBe('b.ts')
  expect(wasOf(file({ oldPath: 'lib/a.ts' }))).toBe('lib/a.ts')
  expect(wasOf(file({}))).toBe(null)
})
