/** Facts about what a search finds. */

import { expect, test } from 'vitest'
import { countWords, firstMatch, matchAfter, matchesIn, patternOf, type Query, stepFrom } from './search.ts'

const PLAIN: Query = { text: '', matchCase: false, wholeWord: false, regex: false }

function found(lines: readonly string[], query: Partial<Query>): readonly string[] | null {
  const pattern = patternOf({ ...PLAIN, ...query })
  if (pattern === null) return null
  return matchesIn(lines, pattern).found.map(({ line, at, length }) => `${line}:${at} ${lines[line]!.slice(at, at + length)}`)
}

test('plain text means itself, in whichever case', () => {
  expect(found(['a.b', 'axb', 'A.B'], { text: 'a.b' })).toEqual(['0:0 a.b', '2:0 A.B'])
  expect(found([String.raw`C:\x (1+1)*2 [a] {b} ^$|/`], { text: String.raw`\x (1+1)*2 [a] {b} ^$|/` })).toHaveLength(1)
})

test('a case that is to match does', () => {
  expect(found(['Fox fox'], { text: 'fox', matchCase: true })).toEqual(['0:4 fox'])
})

test('every place in a line is found, also behind one that is only a part of a word', () => {
  expect(found(['carts cart cart_2 (cart)'], { text: 'cart', wholeWord: true })).toEqual(['0:6 cart', '0:19 cart'])
  expect(found(['straße Größe'], { text: 'größe', wholeWord: true })).toEqual(['0:7 Größe'])
})

test('a regular expression sees the beginning and the end of a line', () => {
  expect(found(['ab ab', 'ab'], { text: '^ab$', regex: true })).toEqual(['1:0 ab'])
  expect(found(['a1 b22'], { text: String.raw`[ab]\d+`, regex: true })).toEqual(['0:0 a1', '0:3 b22'])
})

test('what is no regular expression is none, and what matches nothing finds nothing', () => {
  expect(found(['('], { text: '(', regex: true })).toBeNull()
  expect(found(['('], { text: '(' })).toEqual(['0:0 ('])
  expect(found(['baab'], { text: 'a*', regex: true })).toEqual(['0:1 aa'])
})

test('beyond the most there are more, which are not counted', () => {
  expect(matchesIn(['aaaa'], /a/gu, 3)).toMatchObject({ found: { length: 3 }, more: true })
  expect(matchesIn(['aaa'], /a/gu, 3)).toMatchObject({ found: { length: 3 }, more: false })
})

test('it begins with the last match at or above a row, else with the first', () => {
  expect(firstMatch([2, 5, 5, 9], 6)).toBe(2)
  expect(firstMatch([2, 5], 1)).toBe(0)
  expect(firstMatch([], 1)).toBe(-1)
})

test('a step beyond an end goes on at the other, which is said', () => {
  expect(stepFrom(1, 1, 3)).toEqual({ at: 2, from: null })
  expect(stepFrom(2, 1, 3)).toEqual({ at: 0, from: 'top' })
  expect(stepFrom(0, -1, 3)).toEqual({ at: 2, from: 'bottom' })
  expect(countWords({ count: 17, at: 0, more: false, from: 'top' })).toBe('1 of 17, from the top')
})

test('the count is said in words', () => {
  expect(countWords({ count: 17, at: 2, more: false })).toBe('3 of 17')
  expect(countWords({ count: 10_000, at: 0, more: true })).toBe('1 of more than 10000')
  expect(countWords({ count: 0, at: -1, more: false })).toBe('Nothing found')
})

test('who stepped to a match stays there when it is searched again, or goes to the one above where it was', () => {
  const spots = [
    { row: 1, at: 0 },
    { row: 5, at: 2 },
    { row: 5, at: 9 },
    { row: 8, at: 0 },
  ]
  expect(matchAfter(spots, { row: 5, at: 9 }, 8)).toBe(2)
  expect(matchAfter(spots, { row: 6, at: 0 }, 8)).toBe(2)
  expect(matchAfter(spots, { row: 0, at: 0 }, 8)).toBe(0)
  expect(matchAfter(spots, null, 7)).toBe(2)
  expect(matchAfter([], { row: 1, at: 0 }, 7)).toBe(-1)
})
