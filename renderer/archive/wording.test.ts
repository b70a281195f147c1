/** Facts about what is said of archiving. */

import { expect, test } from 'vitest'
import type { Leavings } from '../../shared/model/archive.ts'
import { session } from '../testing/fixtures.ts'
import { archivedAmong, archivedWords, endsLine, goesLine, keptLines, restLine, sizeWords } from './wording.ts'

const NOTHING: Leavings = { commits: 0, uncommitted: [], ignored: [], ignoredBytes: 0, ignoredCount: 0, running: false }

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1.0 kB'],
  [9949, '9.9 kB'],
  [9950, '10 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [312_000_000, '312 MB'],
  [4_000_000_000_000_000, '4000 TB'],
])('%d bytes are “%s”', (bytes, words) => {
  expect(sizeWords(bytes)).toBe(words)
})

test('commits and uncommitted files are named by what keeps them', () => {
  expect(keptLines({ ...NOTHING, commits: 1200, uncommitted: ['a', 'b'] }, 'sluice/docs')).toEqual([
    '1,200 commits on the branch sluice/docs',
    '2 uncommitted files, in a snapshot',
    'Its conversation, and what it cost',
  ])
  expect(keptLines(NOTHING, 'sluice/docs')[0]).toBe('Its commits: the target has them all')
})

test('what goes is said with its size, and what the list lacks as well', () => {
  const some = {
    ...NOTHING,
    ignored: [{ path: 'node_modules/', bytes: 300_000_000 }],
    ignoredBytes: 312_000_000,
    ignoredCount: 4100,
  }
  expect(goesLine(NOTHING)).toBeNull()
  expect(goesLine(some)).toBe('4,100 files that git ignores, 312 MB')
  expect(restLine(some)).toBe('and more, 12 MB')
  expect(restLine({ ...some, ignoredBytes: 300_000_000 })).toBeNull()
  expect(restLine(NOTHING)).toBeNull()
})

test('where not all could be counted, that is said', () => {
  const cut = { ...NOTHING, ignored: [], ignoredBytes: 312_000_000, ignoredCount: 4100, ignoredAtLeast: true }
  expect(goesLine(cut)).toMatch(/^At least 4,100 files that git ignores, 312 MB/u)
  expect(goesLine({ ...NOTHING, ignoredAtLeast: true })).not.toBeNull()
})

test('an archived session says what is kept of it', () => {
  const archive = { at: '2026-11-21T10:00:00.000Z', removed: true }
  expect(archivedWords({ ahead: 2, archive: { ...archive, snapshot: 'a'.repeat(40) }, research: false })).toBe(
    '2 commits and a snapshot of uncommitted files',
  )
  expect(archivedWords({ ahead: 0, archive, research: false })).toBe('all of it is on the target')
  expect(archivedWords({ ahead: 0, archive: { ...archive, removed: false }, research: false })).toMatch(
    /; its folder is still being removed$/u,
  )
  expect(archivedWords({ ahead: 0, archive, research: true })).toBe('research')
})

test('only archived sessions are found, by every word of name or prompt, the last one first', () => {
  const archived = (order: number, name: string, at: string, prompt = '') =>
    session(order, name, { state: 'archived', prompt, archive: { at, removed: true } })
  const all = [
    session(1, 'cart-live'),
    archived(2, 'cart-api', '2026-11-20T10:00:00.000Z', 'Round the totals'),
    archived(3, 'cart-ui', '2026-11-21T10:00:00.000Z'),
  ]
  const names = (typed: string) => archivedAmong(all, typed).map(({ name }) => name)
  expect(names('')).toEqual(['cart-ui', 'cart-api'])
  expect(names(' CART  round')).toEqual(['cart-api'])
  expect(names('live')).toEqual([])
})

test.each([
  [false, undefined, null],
  [true, undefined, 'Claude Code runs; it is stopped first.'],
  [false, [null], '1 shell runs; it is stopped first.'],
  [false, [null, 'npm run dev'], '2 shells with “npm run dev” run; they are stopped first.'],
  [true, ['npm run dev'], 'Claude Code and 1 shell with “npm run dev” run; they are stopped first.'],
])('what runs is said: %s, %j', (running, shells, line) => {
  expect(endsLine({ running, ...(shells === undefined ? {} : { shells }) })).toBe(line)
})
