/** Facts about what a tab is in words. */

import { expect, test } from 'vitest'
import { describe as say, isOverBudget } from './describing.ts'

const QUIET = {
  word: 'Idle',
  waited: null,
  place: null,
  insertions: 12,
  deletions: 3,
  spentUsd: 0.42,
  budgetUsd: null,
  overlaps: null,
  asks: null,
  silent: null,
  research: false,
}

test('what there is nothing of is not mentioned', () => {
  expect(say(QUIET)).toBe('Idle. 12 lines added, 3 removed. $0.42 spent.')
})

test('wait, place, an overrun budget and overlaps are said in words', () => {
  const overlaps = 'Clashes with “search” in a.ts.'
  expect(
    say({ ...QUIET, word: 'Asks', waited: 4 * 60_000, place: 2, insertions: 1, spentUsd: 2.01, budgetUsd: 1.5, overlaps }),
  ).toBe(
    'Asks, waits for you for 4 min. Place 2 in the queue. 1 line added, 3 removed. $2.01, over its budget of $1.50. Clashes with “search” in a.ts.',
  )
})

test('what it asks for, a silence and research are said in words', () => {
  const said = say({ ...QUIET, word: 'Permission', asks: 'Bash: npm test', silent: 12 * 60_000, research: true })
  expect(said).toMatch(/^Permission\. Bash: npm test\. Nothing was heard of it for 12 min\. Research: it changes nothing\. /u)
  expect(say({ ...QUIET, asks: 'Which rounding?' })).toMatch(/^Idle\. Which rounding\? /u)
})

test('large numbers can be read', () => {
  expect(say({ ...QUIET, insertions: 12_345, deletions: 9876 })).toContain('12,345 lines added, 9,876 removed.')
})

test('a budget is overrun by more than it, never without one', () => {
  expect([isOverBudget(1.5, 1.5), isOverBudget(1.51, 1.5), isOverBudget(99, null)]).toEqual([false, true, false])
})
