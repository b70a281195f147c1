/** Facts about keys that are meant for a form out of sight. */

import { expect, test } from 'vitest'
import { meantFor, typedInto, type Press } from './typing-kept.ts'

const press = (key: string, held: Partial<Press> = {}) =>
  meantFor({ key, ctrlKey: false, metaKey: false, altKey: false, altGraph: false, ...held })

test('signs are typed, also those of the third level, and letters that are commands elsewhere', () => {
  expect(['a', 'l', 'L', ' ', '?', '€'].map((key) => press(key))).toEqual(Array.from({ length: 6 }, () => 'type'))
  expect(press('@', { ctrlKey: true, altKey: true, altGraph: true })).toBe('type')
})

test('chords of the window pass; what moves in a text leads back to it', () => {
  expect([press('k', { ctrlKey: true }), press('k', { metaKey: true }), press('Shift')]).toEqual(['pass', 'pass', 'pass'])
  expect([press('Backspace'), press('ArrowLeft', { altKey: true }), press('Enter', { ctrlKey: true }), press('Dead')]).toEqual(
    Array.from({ length: 4 }, () => 'return'),
  )
  expect([press('Escape'), press('Tab')]).toEqual(['leave', 'leave'])
})

test('a sign takes the place of what is selected', () => {
  expect(typedInto('abc', { start: 3, end: 3 }, 'd')).toBe('abcd')
  expect(typedInto('abc', { start: 1, end: 3 }, 'x')).toBe('ax')
})
