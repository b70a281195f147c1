import { expect, test } from 'vitest'
import { placesAfterMove, type Placed } from './order.ts'

const row = (text: string): readonly Placed[] =>
  text.split(' ').map((one) => {
    const [id, order] = one.split(':')
    return { id: id!, order: Number(order) }
  })

/** The cascade after the move, as its owner would show it. */
function after(before: readonly Placed[], id: string, to: number): string {
  const moved = new Map(placesAfterMove(before, id, to).map((one) => [one.id, one.order]))
  return before
    .map((one) => ({ id: one.id, order: moved.get(one.id) ?? one.order }))
    .toSorted((a, b) => a.order - b.order)
    .map((one) => one.id)
    .join(' ')
}

test.each([
  ['a:1 b:2 c:3 d:4', 'd', 1, 'd a b c'],
  ['a:1 b:2 c:3 d:4', 'a', 4, 'b c d a'],
  ['a:1 b:2 c:3 d:4', 'b', 3, 'a c b d'],
  ['a:1 b:2 c:3 d:4', 'b', 9999, 'a c d b'],
  ['a:2 b:5 c:9', 'c', 1, 'c a b'],
  ['a:1 b:1 c:1', 'c', 1, 'c a b'],
  ['a:1', 'a', 7, 'a'],
])('in %s, %s at place %i gives %s', (before, id, to, wanted) => {
  expect(after(row(before), id, to)).toBe(wanted)
})

test('only those that change places get another number', () => {
  expect(placesAfterMove(row('a:1 b:2 c:3 d:4'), 'c', 2)).toEqual(row('c:2 b:3'))
  expect(placesAfterMove(row('a:1 b:4 c:9'), 'b', 2)).toEqual([])
  expect(placesAfterMove(row('a:1'), 'x', 1)).toEqual([])
})
