/** Facts about reconnecting and the key. The carrier itself is driven by the end-to-end stories. */

import { expect, test } from 'vitest'
import { backOff, keyIn, lifeOf } from './carrier-web.ts'

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

test('a silent line is asked once, and is lost when it does not answer', () => {
  expect(lifeOf(3_000, 0, 0)).toBe('alive')
  expect(lifeOf(4_001, 0, 0)).toBe('ask')
  // Asked at 4001, no answer yet.
  expect(lifeOf(8_001, 0, 4_001)).toBe('alive')
  expect(lifeOf(8_002, 0, 4_001)).toBe('dead')
  // It answered: all is well until it is silent again.
  expect(lifeOf(8_002, 4_100, 4_001)).toBe('alive')
  expect(lifeOf(8_101, 4_100, 4_001)).toBe('ask')
  // A hidden page looks rarely: long silence alone is a question, never a verdict.
  expect(lifeOf(90_000, 4_100, 4_001)).toBe('ask')
})
