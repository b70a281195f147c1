/** Facts about counts in few characters. */

import { expect, test } from 'vitest'
import { shortCount } from './short-count.ts'

test('a long count is short', () => {
  expect([0, 42, 9876, 9999, 10_000, 12_345, 1_234_567].map(shortCount)).toEqual([
    '0',
    '42',
    '9,876',
    '9,999',
    '10k',
    '12k',
    '1,235k',
  ])
})
