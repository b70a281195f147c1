/** Facts about what is said of a base. */

import { expect, test } from 'vitest'
import { baseWords, behindWords, moreWords } from './base-words.ts'

const NOW = Date.parse('2026-11-21T10:00:00Z')
const main = { name: 'main', head: `3f2a1c0${'0'.repeat(33)}`, subject: 'Fix the login' }

test('a base is its name, its number and its subject', () => {
  expect(baseWords(main)).toBe('main 3f2a1c0 Fix the login')
  expect(baseWords({ ...main, name: '3f2a1c' })).toBe('3f2a1c0 Fix the login')
  expect(baseWords({ ...main, subject: '' })).toBe('main 3f2a1c0')
})

test.each<[commits: number, fetchedAt: string | undefined, words: string | null]>([
  [0, undefined, null],
  [1, undefined, '1 commit behind origin/main'],
  [12, '2026-11-18T09:00:00Z', '12 commits behind origin/main, fetched 3 days ago'],
  [12, '2026-11-21T09:00:00Z', '12 commits behind origin/main, fetched 1 hour ago'],
  [2, '2026-11-21T10:00:00Z', '2 commits behind origin/main, fetched just now'],
])('%d commits behind, fetched %s: “%s”', (commits, fetchedAt, words) => {
  const behind = { of: 'origin/main', commits, ...(fetchedAt === undefined ? {} : { fetchedAt }) }
  expect(behindWords({ ...main, behind }, NOW)).toBe(words)
})

test('where it is not known how far it is behind, nothing is said', () => {
  expect(behindWords(main, NOW)).toBeNull()
})

test('folded, the rest says what is so', () => {
  const typed = { from: '', research: false, budget: '' }
  expect(moreWords(typed, 'main', null)).toBe('from main, no budget')
  expect(moreWords({ ...typed, from: ' v1 ', budget: '2' }, 'main', 5)).toBe('from v1, budget $2')
  expect(moreWords({ ...typed, research: true }, 'main', 5)).toBe('reads the main checkout, budget $5')
})
