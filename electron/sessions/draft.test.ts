import { expect, test } from 'vitest'
import { isDraft, NO_DRAFT, sent, soiled, submitted, typed, type Draft, type Focus } from './draft.ts'

const IDLE: Focus = { dialog: false, working: false }
const WORKING: Focus = { dialog: false, working: true }
const DIALOG: Focus = { dialog: true, working: false }
const after = (...inputs: readonly string[]): Draft => inputs.reduce((draft, input) => typed(draft, input, IDLE), NO_DRAFT)

test.each([
  ['a letter', ['a']],
  ['a letter that was deleted, and another one', ['a', '\u007f', 'b']],
  ['a paste', ['\u001b[200~two\rlines\u001b[201~']],
  ['a paste that has not ended', ['\u001b[200~two']],
  ['a line break', ['\n']],
  ['Alt and Enter', ['\u001b\r']],
  ['a backslash and Enter', ['a\\', '\r']],
  ['the key that brings back what was sent before', ['\u001b[A']],
  ['that key, as an application asks for it', ['\u001bOA']],
  ['Tab, which takes what is suggested', ['\t']],
  ['Enter that chose a name', ['see @REA', '\r']],
  ['one word of two deleted', ['one two', '\u0017']],
  ['one line of two deleted', ['one\ntwo', '\u0015']],
  ['the cursor moved, then deleted', ['a', '\u001b[D', '\u007f']],
  ['one Esc', ['a', '\u001b']],
  ['a letter beside an answer of the terminal', ['\u001b[?62;cx']],
])('%s: a draft', (_name, inputs) => {
  expect(isDraft(after(...inputs))).toBe(true)
})

test.each([
  ['nothing', []],
  ['a letter that was deleted', ['ü', '\u007f']],
  ['a character of several parts that was deleted', ['👩‍👧', '\u007f']],
  ['a word deleted', ['word', '\u0017']],
  ['a line deleted', ['a short line', '\u0015']],
  ['Ctrl+C', ['word', '\u0003']],
  ['Enter', ['word', '\r']],
  ['Enter after the key that brings back', ['\u001b[A', '\r']],
  ['Esc twice', ['word', '\u001b', '\u001b']],
  ['Esc twice at once', ['word', '\u001b\u001b']],
  ['Shift and Tab', ['\u001b[Z']],
  ['the mouse', ['\u001b[<35;10;3M', '\u001b[<0;1;1m', '\u001b[M !!']],
  ['the window looked at, and not', ['\u001b[I', '\u001b[O']],
  [
    'answers of the terminal',
    ['\u001b[?62;4;22c', '\u001b[24;80R', '\u001b[?2026;2$y', '\u001b]11;rgb:0000/0000/0000\u001b\\', '\u001bP>|xterm\u001b\\'],
  ],
  ['an answer in two parts', ['\u001b]11;rgb:00', '00/0000/0000\u0007']],
  ['the other cursor keys in an empty line', ['\u001b[D', '\u001b[H', '\u0001']],
])('%s: no draft', (_name, inputs) => {
  expect(isDraft(after(...inputs))).toBe(false)
})

test('keys in a dialog leave the line as it is', () => {
  expect(isDraft(typed(NO_DRAFT, '1x', DIALOG))).toBe(false)
  expect(typed(after('word'), '\r', DIALOG).text).toBe('word')
})

test('what interrupts leaves the line, and may bring back what was sent', () => {
  for (const key of ['\u001b', '\u0003']) {
    expect(typed(after('word'), key, WORKING)).toMatchObject({ text: 'word', stale: true })
    expect(typed(NO_DRAFT, key, WORKING)).toMatchObject({ text: '', stale: true })
  }
  expect(isDraft(typed(typed(after('word'), '\u001b', WORKING), '\u001b', IDLE))).toBe(true)
})

test('a prompt that was submitted takes along what was entered, and nothing else', () => {
  expect(isDraft(submitted(after('see @REA', '\r')))).toBe(false)
  expect(isDraft(submitted(after('\u001b[A')))).toBe(true)
  // Told late, of the prompt before.
  expect(submitted(after('begun')).text).toBe('begun')
  expect(isDraft(submitted(after('first', '\r')))).toBe(false)
  expect(submitted(after('first', '\r', 'next')).text).toBe('next')
  expect(submitted(submitted(after('first', '\r', 'next'))).text).toBe('next')
  expect(submitted(typed(sent(soiled(NO_DRAFT)), 'next', IDLE))).toMatchObject({ text: 'next', stale: false })
})

test('only keys are counted as keys', () => {
  expect(after('\u001b[<35;10;3M', '\u001b[I', '\u001b[24;80R').strokes).toBe(0)
  expect(after('a', '\r', '\r').strokes).toBe(3)
})
