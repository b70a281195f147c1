/** Facts about keys that go on after their text field is gone. */

import { expect, test } from 'vitest'
import { isStray } from './stray-keys.ts'

const gone = { isGone: true, typedAt: 1000, isElsewhere: false }

test('after a field that is gone plain keys run nothing, until something else has the keyboard', () => {
  expect([isStray('l', 60_000, gone), isStray('shift+m', 60_000, gone)]).toEqual([true, true])
  expect(isStray('l', 60_000, { ...gone, isElsewhere: true })).toBe(false)
  expect(isStray('l', 60_000, { ...gone, isGone: false })).toBe(false)
  expect(isStray('mod+k', 1001, gone)).toBe(false)
})

test('who typed into it a moment ago types on, wherever the keyboard went', () => {
  expect(isStray('l', 1699, { ...gone, isElsewhere: true })).toBe(true)
  expect(isStray('l', 1700, { ...gone, isElsewhere: true })).toBe(false)
})
