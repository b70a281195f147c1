/** Facts about the order of the cascade and what can be seen of it. */

import { describe, expect, test } from 'vitest'
import { inOrder, isSettled, movedTo } from '../state/order.ts'
import { dropAt, outOfSight, placeAfterDrop, stepOf, type Edge } from './order.ts'

const IDS = ['a', 'b', 'c', 'd'] as const

describe('a drop', () => {
  test.each<[dragged: string, over: string, edge: Edge, after: string | null]>([
    ['a', 'c', 'after', 'bcad'],
    ['a', 'c', 'before', 'bacd'],
    ['d', 'a', 'before', 'dabc'],
    ['d', 'b', 'after', 'abdc'],
    ['a', 'd', 'after', 'bcda'],
    // Beside itself nothing moves.
    ['b', 'a', 'after', null],
    ['b', 'c', 'before', null],
    ['a', 'b', 'before', null],
    ['d', 'c', 'after', null],
    // What is not in the cascade cannot be moved there.
    ['x', 'a', 'before', null],
    ['a', 'x', 'before', null],
    ['a', 'a', 'after', null],
  ])('of %s on %s, %s, gives %s', (dragged, over, edge, after) => {
    const to = placeAfterDrop(IDS, dragged, over, edge)
    expect(to === null ? null : movedTo(IDS, dragged, to).join('')).toBe(after)
  })
})

test('a wished order holds as long as it names exactly the sessions there are', () => {
  const sessions = IDS.map((id) => ({ id }))
  const shown = (wished: readonly string[] | null): string =>
    inOrder(sessions, wished)
      .map(({ id }) => id)
      .join('')
  expect(shown(null)).toBe('abcd')
  expect(shown(['d', 'c', 'b', 'a'])).toBe('dcba')
  expect(shown(['d', 'c', 'b'])).toBe('abcd')
  expect(shown(['d', 'c', 'b', 'x'])).toBe('abcd')
})

test('a wish ends when the House says the same, names others, or says something newer after it agreed', () => {
  const before = ['a', 'b', 'c']
  const wish = { ids: ['c', 'a', 'b'], before, accepted: false }
  expect(isSettled(wish, before)).toBe(false)
  expect(isSettled(wish, ['c', 'a', 'b'])).toBe(true)
  expect(isSettled(wish, ['a', 'b'])).toBe(true)
  expect(isSettled(wish, ['a', 'b', 'c', 'd'])).toBe(true)
  // Somebody else moved one meanwhile: their order counts as soon as ours was answered, or the tabs would show none that there is.
  expect(isSettled(wish, ['b', 'a', 'c'])).toBe(false)
  expect(isSettled({ ...wish, accepted: true }, ['b', 'a', 'c'])).toBe(true)
  expect(isSettled({ ...wish, accepted: true }, before)).toBe(false)
})

test('a held tab stands before the first whose middle is right of it, else after the last', () => {
  const tabs = IDS.map((id, at) => ({ id, left: at * 100, right: at * 100 + 96 }))
  expect(dropAt(tabs, -20)).toEqual({ over: 'a', edge: 'before' })
  expect(dropAt(tabs, 47)).toEqual({ over: 'a', edge: 'before' })
  expect(dropAt(tabs, 49)).toEqual({ over: 'b', edge: 'before' })
  // Also between two tabs.
  expect(dropAt(tabs, 98)).toEqual({ over: 'b', edge: 'before' })
  expect(dropAt(tabs, 900)).toEqual({ over: 'd', edge: 'after' })
  expect(dropAt([], 10)).toBeNull()
})

test('a tab that is cut off is out of sight, a pixel of rounding is not', () => {
  const strip = { left: 0, right: 300 }
  const tabs = [-50, 50, 149.5, 250].map((left) => ({ left, right: left + 100 }))
  expect(outOfSight(strip, tabs)).toEqual({ left: 1, right: 1 })
  expect(outOfSight(strip, [{ left: -0.4, right: 300.4 }])).toEqual({ left: 0, right: 0 })
})

test('arrows go round the cascade, Home and End to its ends', () => {
  expect([stepOf('ArrowRight', 2, 3), stepOf('ArrowLeft', 0, 3), stepOf('Home', 1, 3), stepOf('End', 1, 3)]).toEqual([0, 2, 0, 2])
  expect(stepOf('ArrowRight', 0, 0)).toBeNull()
  expect(stepOf('x', 0, 3)).toBeNull()
})
