/** Facts about what is known of a screen that is scrolled, and of the mouse over it. */

import { expect, test } from 'vitest'
import { bearingAfter, isPull, MOST_FRESH, type Bearing } from './bearing.ts'

const BELOW: Bearing = { above: false, fresh: 0, taken: false }
const at = { viewportY: 10, baseY: 10, fresh: 0, hasMouse: false }

test('a screen is scrolled up while newer lines are below; those that came since are counted, to a bound', () => {
  const up = bearingAfter(BELOW, { ...at, viewportY: 4, fresh: 3 })
  expect(up).toEqual({ above: true, fresh: 3, taken: false })
  expect(bearingAfter(up, { ...at, viewportY: 4, fresh: 5_000 }).fresh).toBe(MOST_FRESH)
  expect(bearingAfter(up, { ...at, fresh: 3 })).toEqual(BELOW)
})

test('nothing is told where nothing is otherwise', () => {
  const up = bearingAfter(BELOW, { ...at, viewportY: 4, fresh: 3 })
  expect(bearingAfter(up, { ...at, viewportY: 5, fresh: 3 })).toBe(up)
  expect(bearingAfter(BELOW, { ...at, viewportY: 0, baseY: 0 })).toBe(BELOW)
})

test('that a program took the mouse is said only as long as one has it', () => {
  const taken = { ...BELOW, taken: true }
  expect(bearingAfter(taken, { ...at, hasMouse: true })).toBe(taken)
  expect(bearingAfter(taken, at).taken).toBe(false)
  expect(bearingAfter(BELOW, { ...at, hasMouse: true }).taken).toBe(false)
})

test('a hand that trembles pulls nothing', () => {
  expect(isPull({ x: 10, y: 10 }, { x: 18, y: 18 })).toBe(false)
  expect(isPull({ x: 10, y: 10 }, { x: 10, y: 23 })).toBe(true)
})
