/** Facts about what is said of a file beside its name. */

import { expect, test } from 'vitest'
import type { DiffFile } from '../../shared/model/diff.ts'
import { fileWords, foldedWords } from './diff-words.ts'

const file = (over: Partial<DiffFile> = {}): DiffFile => ({
  path: 'a',
  status: 'modified',
  insertions: 1,
  deletions: 1,
  binary: false,
  viewed: false,
  ...over,
})

test.each<[what: string, file: DiffFile, section: string, lines: boolean, words: readonly string[]]>([
  ['lines say it all', file(), '', true, []],
  ['a mode', file({ modes: ['100644', '100755'] }), '', false, ['Made executable']],
  ['a mode taken back', file({ modes: ['100755', '100644'] }), '', true, ['No longer executable']],
  ['a link', file({ modes: ['100644', '120000'], kind: 'link' }), '', true, ['Became a link']],
  ['a binary file', file({ binary: true }), '', false, ['Binary']],
  ['an image', file({ binary: true, kind: 'image' }), '', false, ['Image']],
  ['a new image', file({ binary: true, kind: 'image', status: 'added' }), '', false, ['New image']],
  ['an image that is gone', file({ binary: true, kind: 'image', status: 'deleted' }), '', false, ['Deleted image']],
  ['only a name', file({ status: 'renamed' }), '', false, ['Only renamed']],
  ['nothing in it', file({ status: 'added' }), '', false, ['An empty file']],
  [
    'a submodule',
    file({ kind: 'submodule' }),
    `-Subproject commit ${'a'.repeat(40)}\n+Subproject commit ${'b'.repeat(40)}-dirty\n`,
    true,
    ['Submodule from aaaaaaa to bbbbbbb, with changes of its own'],
  ],
  ['a new submodule', file({ kind: 'submodule' }), `+Subproject commit ${'b'.repeat(40)}\n`, true, ['Submodule at bbbbbbb']],
  ['a file of LFS', file({ kind: 'lfs' }), '-size 12\n+size 3456789\n', true, ['In Git LFS, 12 bytes, now 3.5 MB']],
])('%s', (_what, of, section, lines, words) => {
  expect(fileWords(of, section, lines)).toEqual(words)
})

test('of lines that are not here yet nothing is said', () => {
  expect(fileWords(file({ status: 'added' }), null, false)).toEqual([])
})

test('what is folded says why', () => {
  expect([foldedWords(file()), foldedWords(file({ folded: 'lock-file' }))]).toEqual([null, 'Lock file'])
})
