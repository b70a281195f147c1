/** Facts about which terminals show. */

import { describe, expect, test } from 'vitest'
import type { SessionState } from '../../shared/model/session.ts'
import { columnsFor, onShow, seated } from './seats.ts'

const cascade = (...ids: readonly string[]) =>
  ids.map((text) => {
    const [id = '', state = 'working'] = text.split(':')
    return { id, state: state as SessionState }
  })
const two = { terminals: 'two', beside: null, before: [] } as const
const grid = { terminals: 'grid', beside: null, before: [] } as const

describe('two terminals', () => {
  test('the other one is the next of the cascade, from the start again after the last', () => {
    expect(onShow(cascade('a', 'b', 'c'), 'a', two)).toEqual(['a', 'b'])
    expect(onShow(cascade('a', 'b', 'c'), 'c', two)).toEqual(['c', 'a'])
  })

  test('the chosen one stays beside whoever is selected, and is never there twice', () => {
    expect(onShow(cascade('a', 'b', 'c'), 'a', { ...two, beside: 'c' })).toEqual(['a', 'c'])
    expect(onShow(cascade('a', 'b', 'c'), 'c', { ...two, beside: 'c' })).toEqual(['c', 'a'])
  })

  test('the other one stays while the selected one does, whoever comes or moves between them', () => {
    const before = onShow(cascade('a', 'b'), 'b', two)
    expect(before).toEqual(['b', 'a'])
    expect(onShow(cascade('a', 'b', 'c'), 'b', { ...two, before })).toEqual(before)
    expect(onShow(cascade('b', 'c', 'a'), 'b', { ...two, before })).toEqual(before)
    expect(onShow(cascade('b', 'c'), 'b', { ...two, before })).toEqual(['b', 'c'])
    expect(onShow(cascade('a', 'b', 'c'), 'c', { ...two, before })).toEqual(['c', 'a'])
    expect(onShow(cascade('a', 'b', 'c'), 'b', { ...two, before, beside: 'c' })).toEqual(['b', 'c'])
  })

  test('a chosen one that is gone is no choice', () => {
    expect(onShow(cascade('a', 'b'), 'a', { ...two, beside: 'x' })).toEqual(['a', 'b'])
  })

  test('who is alone stands alone', () => {
    expect(onShow(cascade('a'), 'a', two)).toEqual(['a'])
  })
})

describe('the grid', () => {
  test('shows what lives, in the order of the cascade', () => {
    expect(onShow(cascade('a', 'b:exited', 'c', 'd:paused', 'e:idle'), 'e', grid)).toEqual(['a', 'c', 'e'])
  })

  test('shows six at most, and always the selected one', () => {
    const eight = cascade('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h')
    expect(onShow(eight, 'a', grid)).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
    expect(onShow(eight, 'h', grid)).toEqual(['a', 'b', 'c', 'd', 'e', 'h'])
    expect(onShow(cascade('a', 'b:exited', 'c'), 'b', grid)).toEqual(['a', 'b', 'c'])
  })
})

describe('seats', () => {
  test('whoever has a seat keeps it, whatever the order', () => {
    const before = seated([], ['a', 'b', 'c'])
    expect(before).toEqual(['a', 'b', 'c'])
    expect(seated(before, ['c', 'a', 'b'])).toBe(before)
  })

  test('a newcomer takes the seat that became free', () => {
    expect(seated(['a', 'b', 'c'], ['a', 'd', 'c'])).toEqual(['a', 'd', 'c'])
    expect(seated(['a'], ['b'])).toEqual(['b'])
    expect(seated(['a', 'b'], ['b'])).toEqual([null, 'b'])
  })

  test('there are never more seats than were on show at once', () => {
    const six = ['a', 'b', 'c', 'd', 'e', 'f']
    expect(seated(seated(six, ['f']), ['u', 'v', 'w', 'x', 'y', 'z'])).toHaveLength(6)
  })
})

test.each([
  [1, 1],
  [2, 2],
  [3, 2],
  [4, 2],
  [5, 3],
  [6, 3],
])('%i terminals stand in %i columns', (count, columns) => {
  expect(columnsFor(count)).toBe(columns)
})
