/** Facts about marks that were just asked for. */

import { expect, test } from 'vitest'
import type { DiffFile } from '../../shared/model/diff.ts'
import { answered, asked, heard, withMarks, type Marks } from './viewing.ts'

const list = (viewed: Readonly<Record<string, boolean>>): readonly DiffFile[] =>
  Object.entries(viewed).map(([path, mark]) => ({
    path,
    status: 'modified',
    insertions: 1,
    deletions: 0,
    binary: false,
    viewed: mark,
  }))
const NONE: Marks = new Map()
const seen = (marks: Marks) => Object.fromEntries([...marks].map(([path, { viewed }]) => [path, viewed]))

test('a mark shows until the House refuses it', () => {
  const files = list({ a: false, b: false })
  const marks = asked(NONE, ['a'], true)
  expect(withMarks(files, new Map([['a', true]])).map(({ viewed }) => viewed)).toEqual([true, false])
  expect(answered(marks, { paths: ['a'], asAsked: marks, done: false, files })).toEqual(NONE)
})

test('a mark that was asked anew waits for its own answer', () => {
  const files = list({ a: false })
  const first = asked(NONE, ['a'], true)
  const second = asked(first, ['a'], false)
  expect(seen(answered(second, { paths: ['a'], asAsked: first, done: false, files }))).toEqual({ a: false })
})

test('a list that was on its way does not take a mark back, and the next one decides', () => {
  const files = list({ a: false, b: false })
  const first = asked(NONE, ['a'], true)
  const both = asked(first, ['b'], true)
  const done = answered(answered(both, { paths: ['a'], asAsked: first, done: true, files }), {
    paths: ['b'],
    asAsked: both,
    done: true,
    files,
  })
  const stale = heard(done, list({ a: true, b: false }))
  expect(seen(stale)).toEqual({ b: true })
  // It changed meanwhile, so its mark fell away.
  expect(heard(stale, list({ a: true, b: false }))).toEqual(NONE)
})

test('a list from before the answer takes nothing back, and an answer after its list leaves nothing behind', () => {
  const marks = asked(NONE, ['a'], true)
  expect(seen(heard(marks, list({ a: false })))).toEqual({ a: true })
  expect(answered(marks, { paths: ['a'], asAsked: marks, done: true, files: list({ a: true }) })).toEqual(NONE)
})
