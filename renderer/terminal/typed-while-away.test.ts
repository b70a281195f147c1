/** Facts about what is kept of typing while the House cannot be reached. */

import { expect, test } from 'vitest'
import { keptAfter, MOST_KEPT_BYTES, NOTHING_KEPT, type Kept } from './typed-while-away.ts'

const typed = (...data: readonly string[]): Kept => data.reduce(keptAfter, NOTHING_KEPT)
const DELETE = '\u007f'

test('letters are kept in order', () => {
  expect(typed('y', 'e', 's', ' ', 'é', '语').text).toBe('yes é语')
})

test('Backspace takes back what a person sees as one character', () => {
  expect(typed('a', 'b', DELETE).text).toBe('a')
  expect(typed('ok', '👩‍👧', DELETE).text).toBe('ok')
  expect(typed(DELETE)).toBe(NOTHING_KEPT)
})

test.each([
  ['an arrow', '\u001b[A'],
  ['an arrow of an application', '\u001bOB'],
  ['Enter', '\r'],
  ['Tab', '\t'],
  ['Shift + Tab', '\u001b[Z'],
  ['Escape', '\u001b'],
  ['Ctrl + C', '\u0003'],
  ['Alt + B', '\u001bb'],
  ['a click', '\u001b[<0;12;7M'],
  ['an answer to a question about colours', '\u001b]11;rgb:ffff/ffff/ffff\u001b\\'],
  ['the news that the focus came', '\u001b[I'],
])('%s is not kept', (_name, data) => {
  expect(typed('a', data, 'b').text).toBe('ab')
})

test('a paste is kept without what stands around it, and ends no line', () => {
  expect(typed('\u001b[200~first\r\nsecond\tthird\r\u001b[201~').text).toBe('first second third ')
})

test('text that would read otherwise than it is sent is not kept as such', () => {
  expect(typed('a\u202eb\u2066c').text).toBe('abc')
})

test('no more is kept than the limit, in bytes, and it says so', () => {
  const full = typed('ü'.repeat(MOST_KEPT_BYTES))
  expect(full).toEqual({ text: 'ü'.repeat(MOST_KEPT_BYTES / 2), full: true })
  expect(keptAfter(full, 'a')).toBe(full)
})

test('after the limit nothing is kept that came after a gap', () => {
  const almost = typed('a'.repeat(MOST_KEPT_BYTES - 1))
  expect(keptAfter(almost, 'üb')).toEqual({ text: almost.text, full: true })
  expect(keptAfter(keptAfter(almost, 'ü'), DELETE)).toEqual({ text: almost.text.slice(1), full: false })
})
