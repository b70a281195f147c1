/** Facts about the keys that copy what is selected in a terminal. */

import { expect, test } from 'vitest'
import { copies } from './copying.ts'

const CTRL_C = { key: 'c', code: 'KeyC', ctrlKey: true, shiftKey: false, altKey: false, metaKey: false }

test('Ctrl+C copies on Windows only', () => {
  expect(copies(CTRL_C, true)).toBe(true)
  expect(copies({ ...CTRL_C, key: 'C' }, true)).toBe(true)
  expect(copies(CTRL_C, false)).toBe(false)
})

test('another chord with C does not', () => {
  for (const modifier of ['shiftKey', 'altKey', 'metaKey']) expect(copies({ ...CTRL_C, [modifier]: true }, true)).toBe(false)
  expect(copies({ ...CTRL_C, ctrlKey: false }, true)).toBe(false)
})

test('the letter counts where there is one, else its place', () => {
  // Dvorak: the letter J is where C is elsewhere.
  expect(copies({ ...CTRL_C, key: 'j' }, true)).toBe(false)
  expect(copies({ ...CTRL_C, code: 'KeyI' }, true)).toBe(true)
  expect(copies({ ...CTRL_C, key: 'с' }, true)).toBe(true)
})
