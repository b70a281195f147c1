/** Facts about reconnecting. The carrier itself is driven by the end-to-end stories. */

import { expect, test } from 'vitest'
import { backOff } from './carrier-web.ts'

test('the wait doubles, is spread, and never passes some seconds', () => {
  expect([0, 1, 2, 3].map((attempt) => backOff(attempt, 0.5))).toEqual([250, 500, 1000, 2000])
  expect(backOff(0, 0)).toBeLessThan(backOff(0, 1))
  expect(backOff(1000, 1)).toBeLessThanOrEqual(6250)
})
