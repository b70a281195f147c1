/** Facts about finding text in a diff. */

import { expect, test } from 'vitest'
import type { Row } from './diff-rows.ts'
import { find, foundWords, matchFrom, MOST_MATCHES, placesIn, type Match, type Query } from './finding.ts'

const row = (text: string, at: number): Row => ({ old: null, new: at + 1, hunk: 0, text: `${text}\n` })
const file = (id: string, ...lines: readonly string[]) => ({ id, rows: () => lines.map(row) })

function all(files: Parameters<typeof find>[0], query: Query): readonly Match[] {
  const turns = find(files, query)
  let next = turns.next()
  while (next.done !== true) next = turns.next()
  return next.value
}

test('case counts only when it is said to', () => {
  expect(placesIn('Cart cart CART', { text: 'cart', matchCase: false })).toEqual([0, 5, 10])
  expect(placesIn('Cart cart CART', { text: 'cart', matchCase: true })).toEqual([5])
  expect(placesIn('aaaa', { text: 'aa', matchCase: true })).toEqual([0, 2])
  expect(placesIn('anything', { text: '', matchCase: true })).toEqual([])
})

test('a character that is longer in lower case moves no place', () => {
  const line = 'İ x'
  expect(placesIn(line, { text: 'x', matchCase: false })).toEqual([line.indexOf('x')])
})

test('all files are searched in order, each place once', () => {
  const found = all([file('a', 'one', 'two one'), file('b'), file('c', 'One')], { text: 'one', matchCase: false })
  expect(found.map(({ id, line, from }) => [id, line, from])).toEqual([
    ['a', 1, 0],
    ['a', 2, 4],
    ['c', 1, 0],
  ])
})

test('it gives way within a long file, and ends when there is too much', () => {
  const long = file('a', ...Array.from({ length: 2_000 }, () => 'x x x x x x x x x x'))
  const turns = find([long], { text: 'x', matchCase: true })
  expect(turns.next().done).toBe(false)
  expect(all([long, long], { text: 'x', matchCase: true }).length).toBeLessThan(MOST_MATCHES + 20)
})

test('going on begins at a row, and at the first match after the last', () => {
  const found = all([file('a', 'x', 'y', 'x'), file('b', 'x')], { text: 'x', matchCase: true })
  const order = new Map([
    ['a', 0],
    ['b', 1],
  ])
  expect([matchFrom(found, order, 'a', 1), matchFrom(found, order, 'b', 0), matchFrom(found, order, 'b', 9)]).toEqual([1, 2, 0])
})

test('the words say how much, and whether that is all', () => {
  expect(foundWords({ count: 0, at: -1, over: false })).toBe('Searching…')
  expect(foundWords({ count: 0, at: -1, over: true })).toBe('Nothing found')
  expect(foundWords({ count: 1_200, at: 4, over: false })).toBe('5 of 1,200…')
  expect(foundWords({ count: MOST_MATCHES, at: 0, over: true })).toBe('1 of 10,000+')
})
