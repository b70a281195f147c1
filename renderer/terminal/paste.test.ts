/** Facts about pasting into a terminal (R17). */

import { expect, test } from 'vitest'
import { isRisky, MOST_PASTED, pasteOf, refusalOf, typed } from './paste.ts'

const given = (clipboard: string): string => typed(pasteOf(clipboard), true)

test('a bracketed paste keeps its brackets, and line ends become Enter', () => {
  expect(given('one\r\ntwo\nthree\rfour\t5')).toBe('\u001b[200~one\rtwo\rthree\rfour\t5\u001b[201~')
})

test.each([
  'a\u001b[201~rm -rf ~\n',
  'a\u009b201~rm\n',
  'a\u001b\u001b[201~[201~rm\n',
  'a\u001b[20\u001b[201~1~rm',
  'a\u001b[2\u00001~\u001b[201\u0000~rm',
  'a\u0003\u0004\u001c\u007f\u0080\u008d\u009c',
])('nothing in a paste can end it, or is a command (%j)', (clipboard) => {
  const inner = given(clipboard).slice('\u001b[200~'.length, -'\u001b[201~'.length)
  // oxlint-disable-next-line no-control-regex
  expect(inner).not.toMatch(/[\u0000-\u0008\u000a-\u000c\u000e-\u001f\u007f-\u009f]/u)
})

test('what people write is pasted as it is', () => {
  const text = 'Grüße, 漢字, 👨‍👩‍👧 e\u0301 \u00a0"quoted" [201~ $HOME'
  expect(pasteOf(text)).toEqual({ text, lines: 1, cleaned: false })
})

test('what would run by itself is asked about, unless the program takes a paste as one', () => {
  for (const clipboard of ['one\ntwo', 'sudo true\n', 'a\u0003b']) {
    expect(isRisky(pasteOf(clipboard), false)).toBe(true)
    expect(isRisky(pasteOf(clipboard), true)).toBe(false)
  }
  expect(isRisky(pasteOf('one line'), false)).toBe(false)
})

test('lines are counted as they will be read', () => {
  expect(pasteOf('one').lines).toBe(1)
  expect(pasteOf('one\n').lines).toBe(1)
  expect(pasteOf('one\r\ntwo\nthree').lines).toBe(3)
  expect(pasteOf('one\n\nthree\n').lines).toBe(3)
})

test('the largest paste is made ready without going over it again and again', () => {
  const all = pasteOf('\u001b[201~line\r\n'.repeat(MOST_PASTED / 12))
  expect(all.text.length).toBe(5 * Math.floor(MOST_PASTED / 12))
  expect(all.cleaned).toBe(true)
})

test('what a program that does not read could not be kept for is not pasted, by its size in bytes', () => {
  expect(refusalOf('x'.repeat(MOST_PASTED))).toBeNull()
  expect(refusalOf('漢'.repeat(MOST_PASTED / 3))).toBeNull()
  for (const text of ['x'.repeat(MOST_PASTED + 1), '漢'.repeat(MOST_PASTED / 3 + 1)])
    expect(refusalOf(text)).toMatch(/^Nothing was pasted: 5\.1 MB are too much .* 5 MB at once\. Save them to a file/u)
  expect(refusalOf('é'.repeat(4_200_000))).toMatch(/8\.4 MB/u)
})
