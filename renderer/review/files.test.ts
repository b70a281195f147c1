/** Facts about the rows of the list of changed files. */

import { expect, test } from 'vitest'
import type { DiffFile } from '../../shared/model/diff.ts'
import { nextUnviewed, orderOf, parentOf, rowOf, rowsOf, treeOf, type Row, type Shape } from './files.ts'

const file = (path: string, over: Partial<DiffFile> = {}): DiffFile => ({
  path,
  status: 'modified',
  insertions: 1,
  deletions: 0,
  binary: false,
  viewed: false,
  ...over,
})

const drawn = (rows: readonly Row[]): readonly string[] =>
  rows.map((row) => `${'  '.repeat(row.level - 1)}${row.name}${row.kind === 'file' ? '' : ` ${row.viewed}/${row.files.length}`}`)
const rows = (files: readonly DiffFile[], shape: Shape = 'tree', folded: readonly string[] = []): readonly Row[] =>
  rowsOf(treeOf(files, shape), shape, (id) => folded.includes(id))

const FILES = [
  file('README.md'),
  file('src/cart/a.ts', { viewed: true }),
  file('src/cart/b.ts'),
  file('src/zoo.ts'),
  file('test/x/y/z.ts'),
]

test('files stand below their folders, in the order of the diff, and folders in folders alone are one row', () => {
  expect(drawn(rows(FILES))).toEqual([
    'README.md',
    'src 1/3',
    '  cart 1/2',
    '    a.ts',
    '    b.ts',
    '  zoo.ts',
    'test/x/y 0/1',
    '  z.ts',
  ])
  expect(orderOf(treeOf(FILES, 'tree'))).toEqual(FILES)
})

test('flat, every file has its whole path', () => {
  expect(drawn(rows(FILES, 'flat'))).toEqual(FILES.map(({ path }) => path))
})

test('groups stand only where there is more than one', () => {
  const more = [...FILES.slice(0, 2), file('package.json', { group: 'shared' }), file('docs/old.md', { group: 'out-of-scope' })]
  expect(drawn(rows(more))).toEqual([
    'In scope 1/2',
    '  README.md',
    '  src/cart 1/1',
    '    a.ts',
    'Out of scope 0/1',
    '  docs 0/1',
    '    old.md',
    'Shared hot spots 0/1',
    '  package.json',
  ])
  expect(drawn(rows([file('package.json', { group: 'shared' })]))).toEqual(['package.json'])
})

test('what is in a folded folder is left out, and is found at its folder', () => {
  const folder = rows(FILES).find(({ kind, id }) => kind === 'folder' && id.endsWith('src'))!
  const folded = rows(FILES, 'tree', [folder.id])
  expect(drawn(folded)).toEqual(['README.md', 'src 1/3', 'test/x/y 0/1', '  z.ts'])
  expect(rowOf(folded, 'src/cart/b.ts')).toBe(1)
  expect(rowOf(folded, 'test/x/y/z.ts')).toBe(3)
  expect(rowOf(folded, 'nowhere')).toBe(-1)
})

test('the same folder in two groups is folded apart', () => {
  const ids = rows([file('src/a.ts'), file('src/b.ts', { group: 'shared' })]).map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('a file in place of which there is a folder now keeps a row of its own', () => {
  const ids = rows([file('a', { status: 'deleted' }), file('a/b', { status: 'added' })]).map(({ id }) => id)
  expect(new Set(ids).size).toBe(3)
})

test('each row knows its place among those beside it, and what holds it', () => {
  const all = rows(FILES)
  expect(all.map(({ place, among }) => `${place} of ${among}`)).toEqual([
    '1 of 3',
    '2 of 3',
    '1 of 2',
    '1 of 2',
    '2 of 2',
    '2 of 2',
    '3 of 3',
    '1 of 1',
  ])
  expect(all.map((_, at) => parentOf(all, at))).toEqual([null, null, 1, 2, 2, 1, null, 6])
})

test('the next file that is not viewed comes after this one, then from the start', () => {
  expect(nextUnviewed(FILES, 'README.md')).toBe('src/cart/b.ts')
  expect(nextUnviewed(FILES, 'test/x/y/z.ts')).toBe('README.md')
  expect(nextUnviewed(FILES, null)).toBe('README.md')
  expect(nextUnviewed([file('a', { viewed: true }), file('b')], 'b')).toBe(null)
})

test('a tree of 5,000 files has a row for each file and folder', () => {
  const many = Array.from({ length: 5_000 }, (_, at) => file(`packages/p${Math.floor(at / 50)}/src/f${at}.ts`))
  expect(rows(many)).toHaveLength(5_000 + 100 + 1)
})
