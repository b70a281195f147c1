import { expect, test } from 'vitest'
import { overlapText } from './print.ts'

test('files of an overlap that are only counted are said as a number', () => {
  const text = overlapText({
    pairs: [
      { a: 'login', b: 'target', kind: 'clash', files: ['a.ts'], more: 7 },
      { a: 'login', b: 'cart', kind: 'same-file', files: ['b.ts'] },
    ],
    outOfScope: [{ session: 'cart', files: ['c.ts'], more: 1 }],
  })
  expect(text.split('\n')).toEqual([
    'login and the target clash in:',
    '   a.ts',
    '   and 7 more',
    'login and cart both changed, and git can merge:',
    '   b.ts',
    'cart changed outside its scope:',
    '   c.ts',
    '   and 1 more',
  ])
})
