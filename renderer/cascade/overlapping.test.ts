/** Facts about what a tab says of its overlaps. */

import { expect, test } from 'vitest'
import { NO_OVERLAP, type Overlap } from '../../shared/model/overlap.ts'
import { overlappingOf } from './overlapping.ts'

const OVERLAP: Overlap = {
  pairs: [
    { a: 'login', b: 'search', files: ['a.ts', 'b.ts', 'c.ts', 'd.ts'], kind: 'clash' },
    { a: 'search', b: 'target', files: ['e.ts'], kind: 'clash' },
    { a: 'cart', b: 'search', files: ['f.ts'], kind: 'same-file' },
  ],
  outOfScope: [
    { session: 'cart', files: ['package.json'] },
    { session: 'docs', files: ['a.md', 'b.md'] },
  ],
}
const of = (name: string) => overlappingOf(OVERLAP, name, 'main')

test('nothing overlaps, nothing is said', () => {
  expect(of('other')).toBeNull()
  expect(overlappingOf(NO_OVERLAP, 'login', 'main')).toBeNull()
})

test('a clash outranks a shared file, and the target is called by its name', () => {
  expect(of('login')).toEqual({ kind: 'clash', count: 1, sentence: 'Clashes with “search” in a.ts, b.ts and 2 more.' })
  expect(of('search')).toMatchObject({ kind: 'clash', count: 2 })
  expect(of('search')?.sentence).toContain('Clashes with main in e.ts.')
  expect(of('search')?.sentence).toContain('Changes f.ts like “cart”; git can merge that.')
})

test('a shared file outranks what lies outside the scope, and both are said', () => {
  expect(of('cart')).toEqual({
    kind: 'same-file',
    count: 1,
    sentence: 'Changes f.ts like “search”; git can merge that. Changed 1 file outside its scope: package.json.',
  })
  expect(of('docs')).toMatchObject({ kind: 'out-of-scope', count: 2 })
})

test('files that the House only counted are counted here too', () => {
  const overlap: Overlap = {
    pairs: [{ a: 'login', b: 'search', files: ['a.ts', 'b.ts', 'c.ts'], more: 1999, kind: 'clash' }],
    outOfScope: [{ session: 'docs', files: ['a.md', 'b.md'], more: 10 }],
  }
  expect(overlappingOf(overlap, 'login', 'main')?.sentence).toBe('Clashes with “search” in a.ts, b.ts and 2,000 more.')
  expect(overlappingOf(overlap, 'docs', 'main')).toEqual({
    kind: 'out-of-scope',
    count: 12,
    sentence: 'Changed 12 files outside its scope: a.md, b.md and 10 more.',
  })
})
