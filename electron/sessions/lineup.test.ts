import { expect, test } from 'vitest'
import { nextInLine, placeInLine, startOf } from './lineup.ts'

/** A cascade in a word: R runs, W waits for room, S is being started, – does neither. */
const cascade = (word: string) =>
  Array.from(word, (letter, at) => ({
    id: String(at + 1),
    waits: letter === 'W' || letter === 'S',
    runs: letter === 'R' || letter === 'S',
  }))

test.each<[string, string, number, string | null]>([
  ['nobody waits', 'RR', 3, null],
  ['there is no room', 'RRRW', 3, null],
  ['there is room', 'RRW', 3, '3'],
  ['the leftmost is first', 'R–WW', 3, '3'],
  ['one to the left of those that run is first too', 'WRRW', 3, '1'],
  ['one that is being started is not started twice', 'S–', 3, null],
  ['and has its place', 'RRSW', 3, null],
  ['while the next one has room', 'RSW', 3, '3'],
  ['a lower limit stops nobody and starts nobody', 'RRRRW', 2, null],
  ['a higher limit starts the next', 'RRRRW', 5, '5'],
])('%s', (_title, word, most, next) => {
  expect(nextInLine(cascade(word), most)).toBe(next)
})

test('places are counted among those that wait, in cascade order', () => {
  const linedUp = { fresh: true, prompt: null }
  const records = [
    { id: 'a', linedUp: null },
    { id: 'b', linedUp },
    { id: 'c', linedUp: null },
    { id: 'd', linedUp },
  ]
  expect(records.map(({ id }) => placeInLine(records, id))).toEqual([null, 1, null, 2])
})

test('what waited is started as it was asked to, also by the next Sluice', () => {
  expect(startOf({ linedUp: { fresh: true, prompt: null } })).toEqual({ kind: 'new' })
  expect(startOf({ linedUp: { fresh: false, prompt: null } })).toEqual({ kind: 'resume' })
  expect(startOf({ linedUp: { fresh: false, prompt: 'Go on.' } })).toEqual({ kind: 'resume', prompt: 'Go on.' })
})
