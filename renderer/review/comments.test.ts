/** Facts about what is written beside a diff that changes meanwhile. */

import { beforeEach, expect, test } from 'vitest'
import type { Comment, Lines } from '../../shared/model/review.ts'
import { draftOf, startChanging, startWriting, stopWriting, useWritings, write, type Writing } from './comments-kept.ts'
import { linesNow } from './comments.ts'
import type { Row } from './diff-rows.ts'
import { followed } from './use-followed.ts'

const rows = (...texts: readonly string[]): readonly Row[] =>
  texts.map((text, at) => ({ old: null, new: at + 1, hunk: 0, text: `${text}\n` }))
const on = (start: number, end = start): Lines => ({ side: 'new', start, end })
const [FIRST, SECOND] = ['1'.repeat(40), '2'.repeat(40)]

const all = (): readonly Writing[] => useWritings.getState().all
beforeEach(() => {
  for (const { key } of all()) stopWriting(key)
})

test('the lines that somebody writes about are followed to where they are', () => {
  const code = 'two\nthree'
  expect(linesNow(on(2, 3), code, rows('one', 'two', 'three'))).toEqual(on(2, 3))
  expect(linesNow(on(2, 3), code, rows('new', 'one', 'two', 'three'))).toEqual(on(3, 4))
})

test('lines that say something else, or stand in two places, are not taken for them', () => {
  expect(linesNow(on(2), 'two', rows('one', 'other'))).toBeNull()
  expect(linesNow(on(1), 'two', rows('one', 'two', 'two'))).toBeNull()
  // Next to each other in the diff, not in the file.
  const apart = [...rows('one', 'two'), { old: null, new: 40, hunk: 1, text: 'three\n' }]
  expect(linesNow(on(5, 6), 'two\nthree', apart)).toBeNull()
})

test('a comment is about the commit that it was begun on, whatever comes while it is written', () => {
  startWriting('s', 'a.ts', on(2), { of: 'branch', head: FIRST, code: 'two' })
  const [begun] = all()
  write(begun?.key ?? '', { text: ' Why? ' })
  expect(all().map((one) => draftOf(one))).toEqual([{ path: 'a.ts', lines: on(2), text: 'Why?', head: FIRST }])
  // The same number is another line by now.
  startWriting('s', 'a.ts', on(2), { of: 'branch', head: SECOND, code: 'other' })
  expect(all()).toHaveLength(2)
})

test('a suggestion says what is wanted without words', () => {
  startWriting('s', 'a.ts', on(2), { of: 'branch', head: FIRST, code: 'two' })
  write(all()[0]?.key ?? '', { suggestion: 'to' })
  expect(all().map((one) => draftOf(one).text)).toEqual(['Please change this as suggested.'])
})

test('a draft that is written anew stays about its own lines', () => {
  const comment: Comment = {
    id: 'c',
    path: 'a.ts',
    lines: on(2),
    now: on(5),
    text: 'Why?',
    head: FIRST,
    quoted: ['two'],
    at: '2026-11-21T10:00:00.000Z',
    state: 'draft',
    changed: 'no',
  }
  startChanging('s', 'branch', comment)
  expect(all().map((one) => draftOf(one))).toEqual([{ id: 'c', path: 'a.ts', lines: on(2), text: 'Why?', head: FIRST }])
})

test('when there are too many, the one in which something is written stays', () => {
  startWriting('s', 'first', null, { of: 'branch', head: FIRST, code: null })
  write(all()[0]?.key ?? '', { text: 'Keep me.' })
  for (let at = 0; at < 60; at += 1) startWriting('s', `f${at}`, null, { of: 'branch', head: FIRST, code: null })
  expect(all().find(({ path }) => path === 'first')?.text).toBe('Keep me.')
  expect(all().length).toBeLessThan(60)
})

test('what is selected stays on its lines, and is nothing where they are gone', () => {
  const picked = { start: 2, side: 'additions', end: 3, endSide: 'additions' } as const
  const before = rows('one', 'two', 'three')
  expect(followed(before, picked, rows('new', 'one', 'two', 'three'))).toEqual({ ...picked, start: 3, end: 4 })
  expect(followed(before, picked, rows('one', 'two', 'other'))).toBeNull()
  expect(followed(before, picked, rows('one'))).toBeNull()
})
