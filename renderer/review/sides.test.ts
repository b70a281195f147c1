/** Facts about the sides of a review. */

import { expect, test } from 'vitest'
import { commitAlong, emptyWords, sideWords, showsAllThatIsNew } from './sides.ts'

const [first, last] = ['a'.repeat(40), 'b'.repeat(40)]
const commits = [{ oid: first }, { oid: last }]
const sessions = [{ id: 's2', name: 'search' }]

test('each side has a short name, also one that compares with a session that is gone', () => {
  expect(sideWords('looked', sessions)).toBe('Since you looked')
  expect(sideWords(`commit:${first}`, sessions)).toBe('Commit aaaaaaa')
  expect(sideWords('against:s2', sessions)).toBe('Against search')
  expect(sideWords('against:s9', sessions)).toBe('Against another session')
})

test('the commits are walked from end to end, and no further', () => {
  expect(commitAlong(commits, 'branch', 1)).toBe(`commit:${first}`)
  expect(commitAlong(commits, 'branch', -1)).toBe(`commit:${last}`)
  expect(commitAlong(commits, `commit:${first}`, 1)).toBe(`commit:${last}`)
  expect(commitAlong(commits, `commit:${last}`, 1)).toBeNull()
  expect(commitAlong(commits, `commit:${first}`, -1)).toBeNull()
  expect(commitAlong([], 'branch', 1)).toBeNull()
  // After a rebase the commit on show is none of them any more.
  expect(commitAlong(commits, `commit:${'c'.repeat(40)}`, 1)).toBe(`commit:${first}`)
})

test('what was only a part of the work is nothing to decide on', () => {
  expect((['branch', 'looked', 'unviewed'] as const).filter((of) => !showsAllThatIsNew(of))).toEqual([])
  expect((['uncommitted', `commit:${first}`, 'against:s2'] as const).filter((of) => showsAllThatIsNew(of))).toEqual([])
})

test('an empty side says what it would show', () => {
  expect(emptyWords('unviewed', sessions)?.title).toBe('Everything is viewed')
  expect(emptyWords('against:s2', sessions)?.text).toContain('search')
  expect(emptyWords('branch', sessions)).toBeNull()
})
