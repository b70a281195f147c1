/** Facts about the filter over the files. */

import { expect, test } from 'vitest'
import type { DiffFile } from '../../shared/model/diff.ts'
import { findingIn } from './files-find.ts'

const PATHS = ['src/cart/total.ts', 'src/auth/login.ts', 'test/auth/login.test.ts', 'docs/to-do.md']
const find = findingIn(
  PATHS.map((path): DiffFile => ({ path, status: 'modified', insertions: 1, deletions: 0, binary: false, viewed: false })),
)

test('nothing typed leaves nothing out', () => {
  expect(find('  ')).toBe(null)
})

test('letters in their order are enough, and the best is known', () => {
  const finds = find('login')!
  expect([...finds.marks.keys()].sort()).toEqual(['src/auth/login.ts', 'test/auth/login.test.ts'])
  expect(finds.best).toBe('src/auth/login.ts')
  expect([...find('sauthlog')!.marks.keys()]).toContain('src/auth/login.ts')
})

test('a few letters must stand together; a name that begins with them is the best', () => {
  const finds = find('TO')!
  expect([...finds.marks]).toEqual([
    ['src/cart/total.ts', [9, 10]],
    ['docs/to-do.md', [5, 6]],
  ])
  expect(finds.best).toBe('src/cart/total.ts')
  expect(find('lgn')!.marks.size).toBe(0)
})

test('what is nowhere is found nowhere', () => {
  expect(find('qqqqq')).toEqual({ marks: new Map(), best: null })
})
