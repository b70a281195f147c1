/** Facts about reconnecting and the key. The carrier itself is driven by the end-to-end stories. */

import { expect, test } from 'vitest'
import { backOff, keyIn } from './carrier-web.ts'

test('the wait doubles, is spread, and never passes some seconds', () => {
  expect([0, 1, 2, 3].map((attempt) => backOff(attempt, 0.5))).toEqual([250, 500, 1000, 2000])
  expect(backOff(0, 0)).toBeLessThan(backOff(0, 1))
  expect(backOff(1000, 1)).toBeLessThanOrEqual(6250)
})

test('only a key of full length behind the # is taken for one', () => {
  const key = `${'aZ09_-'.repeat(7)}x`
  expect(keyIn(`#${key}`)).toBe(key)
  for (const hash of ['', '#', '#settings', key, `#${key}x`, `#${key.slice(1)}`, `#${key.slice(1)}/`, `#${key}\n`]) {
    expect([hash, keyIn(hash)]).toEqual([hash, null])
  }
})
