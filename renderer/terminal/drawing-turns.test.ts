/** Facts about when floods are drawn. */

import { expect, test } from 'vitest'
import { asked, begun, LONGEST_REST_MS, NO_TURNS, over, REST, REST_TYPING, type Turns } from './drawing-turns.ts'

const given = (...who: readonly string[]): Turns<string> => who.reduce<Turns<string>>(asked, NO_TURNS)

test('one flood is drawn at a time, in the order in which they asked, and each once', () => {
  const first = begun(given('a', 'b', 'a'), 0)
  expect([first.drawing, first.waiting]).toEqual(['a', ['b']])
  expect(begun(first, 1_000)).toBe(first)
  const second = begun(over(first, 0, 10, false), 1_000)
  expect([second.drawing, second.waiting]).toEqual(['b', []])
})

test('after a drawing floods rest for as long as it took, several times over, and longer while a person types', () => {
  const drawing = begun(given('a', 'b'), 0)
  expect(over(drawing, 0, 10, false).restUntil).toBe(10 + 10 * REST)
  expect(over(drawing, 0, 10, true).restUntil).toBe(10 + 10 * REST_TYPING)
  const resting = over(drawing, 0, 10, false)
  expect(begun(resting, 9 + 10 * REST)).toBe(resting)
  expect(begun(resting, 10 + 10 * REST).drawing).toBe('b')
})

test('however slow the drawing was, a flood is seen to move', () => {
  expect(over(begun(given('a'), 0), 0, 5_000, true).restUntil).toBe(5_000 + LONGEST_REST_MS)
})

test('one that is drawn may ask again meanwhile: more came', () => {
  expect(asked(begun(given('a'), 0), 'a').waiting).toEqual(['a'])
})
