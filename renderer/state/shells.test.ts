/** Facts about which terminal of a session shows. */

import { expect, test } from 'vitest'
import type { Shell } from '../../shared/model/shell.ts'
import { besideShell, chosenAfter, shellAlong, shellOnShow, shellsOf } from './shells.ts'

const shell = (session: string, number: number): Shell => ({ id: `${session}:shell-${number}`, session, number })
const [second, first, other] = [shell('a', 2), shell('a', 1), shell('b', 1)]
const all = [second, first, other]

test('shells stand in the order of their numbers, each with its session', () => {
  expect(shellsOf(all, 'a')).toEqual([first, second])
  expect(shellsOf(all, 'c')).toEqual([])
})

test('a shell that was chosen and closed since shows no more', () => {
  expect(shellOnShow(all, { a: second.id }, 'a')).toBe(second)
  expect(shellOnShow([first], { a: second.id }, 'a')).toBeNull()
  expect(shellOnShow(all, { a: other.id }, 'a')).toBeNull()
  expect(shellOnShow(all, {}, 'a')).toBeNull()
})

test('in place of a shell that is closed its neighbour shows, and at last Claude Code', () => {
  expect([besideShell(all, second), besideShell(all, first), besideShell(all, other)]).toEqual([first.id, second.id, null])
})

test('going along the row comes round, over Claude Code', () => {
  const from = (id: string | null, step: 1 | -1): string | null => shellAlong(all, id === null ? {} : { a: id }, 'a', step)
  expect([from(null, 1), from(first.id, 1), from(second.id, 1)]).toEqual([first.id, second.id, null])
  expect([from(null, -1), from(second.id, -1), from(first.id, -1)]).toEqual([second.id, first.id, null])
  expect(shellAlong([], {}, 'a', 1)).toBeNull()
})

test('a shell that takes the number of one that was closed is not chosen for that', () => {
  const chosen = { a: first.id, b: other.id }
  const closed = chosenAfter(chosen, all, [second, other])
  expect(closed).toEqual({ b: other.id })
  expect(shellOnShow(all, closed, 'a')).toBeNull()
  expect(chosenAfter(chosen, all, [first, other])).toBe(chosen)
  // One that was only just chosen is not there yet.
  expect(chosenAfter(chosen, [second], [second])).toBe(chosen)
})
