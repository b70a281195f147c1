/** Facts about when a diff is asked for again, and about the numbers beside its two sides. */

import { expect, test } from 'vitest'
import type { DiffFile } from '../../shared/model/diff.ts'
import { session } from '../testing/fixtures.ts'
import { countsOf, standingOf } from './standing.ts'

const files = (count: number): readonly DiffFile[] =>
  Array.from({ length: count }, (_, at) => ({
    path: `${at}.ts`,
    status: 'modified' as const,
    insertions: 1,
    deletions: 0,
    binary: false,
    viewed: false,
  }))

test('a worktree that is there again makes the diff another one', () => {
  const whole = session(1, 'docs')
  const missing = { ...whole, problem: 'The worktree is missing.', repair: 'recreate' as const }
  expect(standingOf(missing)).not.toBe(standingOf(whole))
  expect(standingOf({ ...whole, state: 'archived' })).not.toBe(standingOf(whole))
  expect(standingOf({ ...whole, state: 'starting' })).not.toBe(standingOf({ ...whole, state: 'working' }))
})

test('what a session spends or waits for leaves its diff as it is', () => {
  const before = session(1, 'docs', { state: 'working' })
  expect(standingOf({ ...before, state: 'idle', spentUsd: 3, contextPercent: 80 })).toBe(standingOf(before))
})

test('with uncommitted changes only, the branch has no file and the other side has all', () => {
  expect(countsOf({ ahead: 0, dirty: true, files: 2 }, 'branch', null)).toEqual({ branch: 0, uncommitted: 2 })
  expect(countsOf({ ahead: 0, dirty: true, files: 2 }, 'branch', files(0))).toEqual({ branch: 0, uncommitted: 2 })
})

test('with commits only, the branch has all', () => {
  expect(countsOf({ ahead: 1, dirty: false, files: 3 }, 'branch', null)).toEqual({ branch: 3, uncommitted: 0 })
  expect(countsOf({ ahead: 1, dirty: false, files: 3 }, 'uncommitted', files(0))).toEqual({ branch: 3, uncommitted: 0 })
})

test('with both, the side on show is counted, and the other one where it was loaded; else there are some', () => {
  const both = { ahead: 1, dirty: true, files: 3 }
  expect(countsOf(both, 'branch', null)).toEqual({ branch: 'some', uncommitted: 'some' })
  expect(countsOf(both, 'branch', files(2))).toEqual({ branch: 2, uncommitted: 'some' })
  expect(countsOf(both, 'uncommitted', files(1))).toEqual({ branch: 'some', uncommitted: 1 })
  expect(countsOf(both, 'uncommitted', files(1), { branch: 2, uncommitted: 4 })).toEqual({ branch: 2, uncommitted: 1 })
})
