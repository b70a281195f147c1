/** Facts about the items of the view: nothing is drawn again that did not change, and nothing of the list is missing. */

import { expect, test } from 'vitest'
import type { DiffFile } from '../../shared/model/diff.ts'
import type { Comment } from '../../shared/model/review.ts'
import { itemsOf, parseSections, partsOf, type Beside } from './diff-items.ts'
import { portionOf } from './diff-rest.ts'
import { sectionsOf } from './diff-sections.ts'
import { endOf, stepFrom, stopsOf } from './diff-walk.ts'

const section = (name: string, word: string): string =>
  `diff --git a/${name} b/${name}\nindex 1..2 100644\n--- a/${name}\n+++ b/${name}\n@@ -1,2 +1,2 @@\n same\n-old\n+${word}\n`
const file = (path: string, over: Partial<DiffFile> = {}): DiffFile => ({
  path,
  status: 'modified',
  insertions: 1,
  deletions: 1,
  binary: false,
  viewed: false,
  ...over,
})
const comment = (over: Partial<Comment>): Comment => ({
  id: 'c',
  path: 'a',
  lines: { side: 'new', start: 2, end: 2 },
  now: { side: 'new', start: 2, end: 2 },
  text: 'Why?',
  head: '1'.repeat(40),
  quoted: ['new'],
  at: '2026-11-21T10:00:00.000Z',
  state: 'draft',
  changed: 'no',
  ...over,
})
const beside = (over: Partial<Beside> = {}): Beside => ({ comments: new Map(), writings: new Map(), folds: new Map(), ...over })
const NONE = new Map()

function read(patch: string, files: readonly DiffFile[], before = NONE) {
  const parsed = parseSections(sectionsOf(patch), before)
  return { parsed, parts: partsOf(files, parsed.values()) }
}

test('a file whose change stayed is the same item, colours and all; another one is not', () => {
  const files = [file('a'), file('b')]
  const first = read(section('a', 'new') + section('b', 'new'), files)
  const items = itemsOf(first.parts, beside(), NONE)
  const next = read(section('a', 'new') + section('b', 'other'), [...files], first.parsed)
  const again = itemsOf(next.parts, beside(), new Map(items.map((item) => [item.id, item])))
  expect([again[0] === items[0], again[1] === items[1]]).toEqual([true, false])
  expect(again[1]?.version).not.toBe(items[1]?.version)
})

test('a file that is here from its first line to its last has no more to show; one that may go on has', () => {
  const kept = ['one', 'two', 'three']
  const patch = (start: number, after: number): string =>
    `diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -${start},${after + 1} +${start},${after + 1} @@\n-old\n+new\n${kept
      .slice(0, after)
      .map((line) => ` ${line}\n`)
      .join('')}`
  const isPartial = (text: string): boolean | undefined => read(text, [file('a')]).parts[0]?.read.isPartial
  expect([isPartial(patch(1, 0)), isPartial(patch(1, 2))]).toEqual([false, false])
  expect([isPartial(patch(1, 3)), isPartial(patch(5, 0))]).toEqual([true, true])
})

test('the list says the order, and what the patch has not is there all the same', () => {
  const { parts } = read(section('b', 'new') + section('c', 'new'), [file('a'), file('b')])
  expect(parts.map(({ id, section: text, read: { hunks } }) => [id, text !== null, hunks.length])).toEqual([
    ['a', false, 0],
    ['b', true, 1],
    ['c', true, 1],
  ])
})

test('a file that turned into a link has two items of different names', () => {
  const { parts } = read(section('a', 'new') + section('a', 'link'), [file('a', { status: 'type-changed' })])
  expect(new Set(parts.map(({ id }) => id)).size).toBe(2)
})

test('what is viewed or has a reason is folded, until the user says otherwise', () => {
  const { parts } = read('', [file('a', { viewed: true }), file('b', { folded: 'generated' }), file('c')])
  const folded = (folds: ReadonlyMap<string, boolean>) =>
    itemsOf(parts, beside({ folds }), NONE).map(({ collapsed }) => collapsed)
  expect(folded(NONE)).toEqual([true, true, false])
  expect(folded(new Map([['b', false]]))).toEqual([true, false, false])
})

test('a comment stands under its lines as they are now; above all where the diff does not show them', () => {
  const { parts } = read(section('a', 'new'), [file('a')])
  const places = (...comments: readonly Comment[]) =>
    itemsOf(parts, beside({ comments: new Map([['a', comments]]) }), NONE)[0]?.annotations?.map(({ side, lineNumber }) => [
      side,
      lineNumber,
    ])
  expect(places(comment({}), comment({ id: 'd', lines: { side: 'old', start: 2, end: 2 }, now: null }))).toEqual([
    ['additions', 2],
    ['deletions', 2],
  ])
  expect(places(comment({ now: { side: 'new', start: 40, end: 40 } }), comment({ id: 'd', changed: 'gone', now: null }))).toEqual(
    [
      ['additions', 0],
      ['additions', 0],
    ],
  )
})

test('one goes from change to change, over what is folded, and stops at a file without lines', () => {
  const { parts } = read(section('a', 'new') + section('b', 'new') + section('d', 'new'), [
    file('a'),
    file('b'),
    file('c'),
    file('d'),
  ])
  const stops = stopsOf(parts, (index) => index === 1)
  expect(stops).toEqual([
    { part: 0, row: 2 },
    { part: 2, row: -1 },
    { part: 3, row: 2 },
  ])
  // At what is there now, not at what it took the place of.
  expect(stepFrom(stops, { part: 0, row: -1 }, 1)).toEqual(stops[0])
  expect(stepFrom(stops, { part: 1, row: 0 }, -1)).toEqual(stops[0])
  expect(stepFrom(stops, { part: 3, row: 2 }, 1)).toBeNull()
})

test('a stop means the new lines of its change, or its one line where that is more than one can see', () => {
  const row = (old: number | null, now: number | null) => ({ old, new: now, hunk: 0, text: '' })
  const rows = [row(1, 1), row(2, null), row(null, 2), row(null, 3), row(3, 4), row(4, null)]
  expect([endOf(rows, 2), endOf(rows, 5)]).toEqual([3, 5])
  const many = Array.from({ length: 100 }, (_, at) => row(null, at + 1))
  expect(endOf(many, 0)).toBe(0)
})

test('a portion begins at the wanted file, has no more lines than are good, and at least that file', () => {
  const large = (path: string) => file(path, { insertions: 15_000 })
  const missing = [file('a'), large('b'), large('c'), file('d')]
  const paths = (wanted: string) => portionOf(missing, wanted).map(({ path }) => path)
  expect([paths('a'), paths('b'), paths('c'), paths('gone')]).toEqual([['a', 'b'], ['b'], ['c', 'd'], []])
  expect(portionOf([file('x', { insertions: 99_999 })], 'x')).toHaveLength(1)
})
