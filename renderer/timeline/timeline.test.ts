/** Facts about what a timeline shows. */

import { expect, test } from 'vitest'
import type { Event } from '../../shared/model/event.ts'
import { KNOWN_KINDS } from '../../shared/model/event-words.ts'
import { SESSION_STATES } from '../../shared/model/session.ts'
import { GROUPS, isShown, kindsOf, markOf } from './marks.ts'
import { byDays, joined, renewed } from './pages.ts'

const at = (seq: number, over: Readonly<Record<string, unknown>> = {}): Event => ({
  seq,
  at: new Date(2026, 10, 21, 10, seq).toISOString(),
  kind: 'landed',
  ...over,
})
const seqs = (events: readonly Event[]): readonly number[] => events.map(({ seq }) => seq)

test('every kind is in one group', () => {
  expect(Object.values(GROUPS).flat().toSorted()).toEqual(KNOWN_KINDS.toSorted())
  expect(kindsOf('all')).toBeNull()
})

test('an event of an unknown kind shows, with a plain sign', () => {
  expect(isShown(at(1, { kind: 'session-knighted' }), 'all')).toBe(true)
  expect(markOf(at(1, { kind: 'session-knighted' }))).toEqual({ shape: 'ring', tone: 'calm' })
})

test('costs show only where they were asked for', () => {
  const cost = at(1, { kind: 'session-metered' })
  expect([isShown(cost, 'all'), isShown(cost, 'cost')]).toEqual([false, true])
})

test('what is past never has the accent', () => {
  const states = SESSION_STATES.map((state) => at(1, { kind: 'session-state', state }))
  const all = [...states, ...KNOWN_KINDS.map((kind) => at(1, { kind }))]
  expect(all.filter((event) => markOf(event).tone === 'needs-you')).toEqual([])
})

test('a crash and an end have different signs', () => {
  const exit = (over: Readonly<Record<string, unknown>>): string => markOf(at(1, { kind: 'session-exited', ...over })).shape
  expect([exit({ asked: true, code: 143 }), exit({ asked: false, code: 0 }), exit({ asked: false, code: 1 })]).toEqual([
    'square',
    'square',
    'triangle',
  ])
})

test('pages and news are put together once, newest first', () => {
  expect(seqs(joined([at(3), at(2)], [at(4), at(3), at(1)]))).toEqual([4, 3, 2, 1])
})

test('after the line was down no gap is hidden', () => {
  expect(seqs(renewed([at(3), at(2)], [at(5), at(4), at(3)]))).toEqual([5, 4, 3, 2])
  expect(seqs(renewed([at(3), at(2)], [at(9), at(8)]))).toEqual([9, 8])
  expect(seqs(renewed([at(3)], []))).toEqual([])
  expect(seqs(renewed([], [at(2)]))).toEqual([2])
})

test('events stand under their day', () => {
  const days = byDays(
    [at(2), at(1), at(0, { at: new Date(2026, 10, 20, 23).toISOString() })],
    new Date(2026, 10, 21, 12).getTime(),
  )
  expect(days.map(({ day, events }) => [day, events.length])).toEqual([
    ['today', 2],
    ['yesterday', 1],
  ])
})
