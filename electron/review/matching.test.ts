/** Facts about where the lines of a comment are found again. */

import { describe, expect, test } from 'vitest'
import type { Lines } from '../../shared/model/review.ts'
import { fileChanged, linesOf, placeOf } from './matching.ts'

const FILE = ['one', 'two', 'three', 'two', 'four']
const at = (start: number, end = start): Lines => ({ side: 'new', start, end })

test('a comment stays where its lines are', () => {
  expect(placeOf(at(2, 3), ['two', 'three'], FILE)).toEqual({ changed: 'no', now: at(2, 3) })
})

test('lines that are found once elsewhere have moved, and are not changed', () => {
  expect(placeOf(at(2, 3), ['two', 'three'], ['new', ...FILE])).toEqual({ changed: 'no', now: at(3, 4) })
})

test('lines that are found twice, or not at all, are changed', () => {
  expect(placeOf(at(1), ['two'], FILE)).toEqual({ changed: 'yes', now: null })
  expect(placeOf(at(2), ['deux'], FILE)).toEqual({ changed: 'yes', now: null })
  expect(placeOf(at(9), ['two'], FILE)).toEqual({ changed: 'yes', now: null })
  expect(placeOf(at(1), ['a', 'a'], ['b', 'a', 'a', 'a'])).toEqual({ changed: 'yes', now: null })
})

test('a file that is gone takes its comments with it, and one that came back brings them', () => {
  expect(placeOf(at(2), ['two'], null)).toEqual({ changed: 'gone', now: null })
  expect(fileChanged('a', null)).toEqual({ changed: 'gone', now: null })
  expect(fileChanged('a', 'a')).toEqual({ changed: 'no', now: null })
  expect(fileChanged('a', 'b')).toEqual({ changed: 'yes', now: null })
  expect(fileChanged(null, 'b')).toEqual({ changed: 'yes', now: null })
  expect(fileChanged(null, null)).toEqual({ changed: 'no', now: null })
})

test('line ends and a missing last one make no other lines', () => {
  expect(linesOf('a\r\nb\r\n')).toEqual(linesOf('a\nb'))
  expect(linesOf('')).toEqual([])
  expect(linesOf('\n')).toEqual([''])
  expect(linesOf('a\n\n')).toEqual(['a', ''])
})

test('a file of many equal lines is searched in one go', () => {
  const file = Array.from({ length: 100_000 }, () => 'x')
  const quoted = [...Array.from({ length: 1999 }, () => 'x'), 'y']
  expect(placeOf(at(1, 2000), quoted, file)).toEqual({ changed: 'yes', now: null })
  expect(placeOf(at(1, 2000), quoted, [...file, 'y'])).toEqual({ changed: 'no', now: at(98_002, 100_001) })
})

/** A small seeded generator (mulberry32): a failing run can be repeated. */
function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

describe('for any file, any lines of it and any edit', () => {
  const cases = Array.from({ length: 3000 }, (_none, seed) => {
    const pick = dice(seed)
    const words = ['', 'a', 'b', 'c', '}'].slice(0, 2 + pick(4))
    const some = (count: number): readonly string[] => Array.from({ length: count }, () => words[pick(words.length)] ?? '')
    const file = some(1 + pick(12))
    const start = 1 + pick(file.length)
    const lines = at(start, start + pick(file.length - start + 1))
    const quoted = file.slice(lines.start - 1, lines.end)
    const from = pick(file.length + 1)
    const now = [...file.slice(0, from), ...some(pick(3)), ...file.slice(from + pick(4))]
    return { file, lines, quoted, now }
  })

  test('what is said to be unchanged stands there, word for word', () => {
    for (const { lines, quoted, now } of cases) {
      const place = placeOf(lines, quoted, now)
      expect(place.now === null).toBe(place.changed !== 'no')
      const there = place.now === null ? quoted : now.slice(place.now.start - 1, place.now.end)
      expect(there).toEqual(quoted)
    }
  })

  test('what is said to be changed is neither where it was nor in exactly one other place', () => {
    for (const { lines, quoted, now } of cases) {
      if (placeOf(lines, quoted, now).changed !== 'yes') continue
      const places = now.flatMap((_line, from) => (quoted.every((line, offset) => now[from + offset] === line) ? [from + 1] : []))
      expect(places).not.toHaveLength(1)
      expect(places).not.toContain(lines.start)
    }
  })

  test('a file that did not change has every comment where it was', () => {
    for (const { file, lines, quoted } of cases) expect(placeOf(lines, quoted, file)).toEqual({ changed: 'no', now: lines })
  })

  test('lines put before a comment that stands nowhere else move it by their number', () => {
    for (const { file, lines } of cases) {
      const own = file.map((line, index) => `${line} ${index}`)
      const quoted = own.slice(lines.start - 1, lines.end)
      const place = placeOf(lines, quoted, ['new', 'lines', ...own])
      expect(place).toEqual({ changed: 'no', now: { ...lines, start: lines.start + 2, end: lines.end + 2 } })
    }
  })
})
