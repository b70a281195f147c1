/** Facts about how numbers and times are written. */

import { expect, test } from 'vitest'
import { circled, counted, dayWords, elapsed, money, shortOid, since, splitPath, timeOfDay, waitWords } from './format.ts'

const MINUTE = 60_000

test.each([
  [0, 'now'],
  [59_999, 'now'],
  [MINUTE, '1 min'],
  [59 * MINUTE + 59_999, '59 min'],
  [60 * MINUTE, '1 h'],
  [125 * MINUTE, '2 h'],
  [24 * 60 * MINUTE, '1 d'],
  [75 * 60 * MINUTE, '3 d'],
])('a wait of %i ms reads “%s”', (milliseconds, words) => {
  expect(waitWords(milliseconds)).toBe(words)
})

test.each([
  [0, '0:00'],
  [42_000, '0:42'],
  [725_000, '12:05'],
  [3_723_000, '1:02:03'],
  [-5, '0:00'],
])('a run of %i ms reads “%s”', (milliseconds, words) => {
  expect(elapsed(milliseconds)).toBe(words)
})

test('a moment in the future, none, or an unreadable one counts as no time', () => {
  const now = Date.parse('2026-11-21T10:00:00Z')
  expect(since('2026-11-21T09:56:00Z', now)).toBe(4 * MINUTE)
  expect(since('2026-11-21T11:00:00Z', now)).toBe(0)
  expect(since(undefined, now)).toBe(0)
  expect(since('yesterday', now)).toBe(0)
})

test('a day is named from where the reader is, a time has no seconds', () => {
  const now = new Date(2026, 10, 21, 0, 5).getTime()
  const day = (...at: [number, number, number, number]): string => dayWords(new Date(...at).toISOString(), now)
  expect([day(2026, 10, 21, 0), day(2026, 10, 20, 23), day(2026, 10, 19, 1), day(2025, 1, 3, 12)]).toEqual([
    'today',
    'yesterday',
    '19 Nov',
    '3 Feb 2025',
  ])
  expect(timeOfDay(new Date(2026, 10, 21, 9, 4).toISOString())).toBe('09:04')
})

test('money has cents, an oid seven digits, one file no plural', () => {
  expect(money(0)).toBe('$0.00')
  expect(money(3.899)).toBe('$3.90')
  expect(shortOid('3f2a1c0'.repeat(6).slice(0, 40))).toBe('3f2a1c0')
  expect([counted(0, 'file'), counted(1, 'file'), counted(2, 'entry', 'entries')]).toEqual(['0 files', '1 file', '2 entries'])
})

test('a place in the queue is a circled number as far as those go', () => {
  expect([circled(1), circled(20), circled(21)]).toEqual(['①', '⑳', '21'])
})

test('a path splits into its folder and its name', () => {
  expect(splitPath('src/api/orders.ts')).toEqual({ folder: 'src/api/', name: 'orders.ts' })
  expect(splitPath('README.md')).toEqual({ folder: '', name: 'README.md' })
})
