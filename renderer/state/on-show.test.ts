/** Facts about the session on show while others come, go and are moved. */

import { expect, test } from 'vitest'
import type { Session } from '../../shared/model/session.ts'
import { keptOnShow } from './on-show.ts'

const seen = (ids: string, generation = 1) => ({
  sessions: [...ids].map((id) => ({ id }) as unknown as Session),
  generation,
})

test.each<[what: string, selected: string | null, before: string, after: string, kept: string | null]>([
  ['the chosen one stays where it is', 'b', 'abc', 'abc', 'b'],
  ['the chosen one stays when it is moved', 'b', 'abc', 'bac', 'b'],
  ['where none was chosen, the first is', null, '', 'abc', 'a'],
  ['without sessions none is', null, 'a', '', null],
  ['where the chosen one went away, the one in its place is', 'b', 'abc', 'ac', 'c'],
  ['where the last one went away, the one before it is', 'c', 'abc', 'ab', 'b'],
  ['one that was just started and comes later is waited for', 'x', 'abc', 'abc', 'x'],
])('%s', (_, selected, before, after, kept) => {
  expect(keptOnShow(selected, seen(before), seen(after))).toBe(kept)
})

test('a move of the first one shows no other one', () => {
  const first = keptOnShow(null, null, seen('abc'))
  expect(keptOnShow(first, seen('abc'), seen('bca'))).toBe('a')
})

test('what a snapshot does not have is not waited for', () => {
  expect(keptOnShow('x', null, seen('abc'))).toBe('a')
  expect(keptOnShow('x', seen('abc', 1), seen('abc', 2))).toBe('a')
})
