/** Facts about what is said before one more session starts. */

import { expect, test } from 'vitest'
import type { ScopeMatch } from '../../shared/model/found.ts'
import type { Session, SessionState } from '../../shared/model/session.ts'
import { session } from '../testing/fixtures.ts'
import { hasRoom, startWords } from './room.ts'
import { overlapWarning, roomWarning, scopeWords } from './warnings.ts'

const running = (count: number, state: SessionState = 'working'): readonly Session[] =>
  Array.from({ length: count }, (_, at) => session(at + 1, `s${at + 1}`, { state }))

const match = (over: Partial<ScopeMatch>): ScopeMatch => ({
  matched: 312,
  total: 1204,
  sample: [],
  unmatched: [],
  shared: [],
  ...over,
})

test('with room left and nobody in the way nothing is said', () => {
  expect(roomWarning(running(4), 8)).toBeNull()
  expect(roomWarning(running(2), 3)).toBeNull()
  expect(overlapWarning(running(2), match({}))).toBeNull()
  expect(overlapWarning(running(2), null)).toBeNull()
})

test('the limit is said before it is met', () => {
  expect(roomWarning(running(3), 3)?.kind).toBe('full')
  expect(roomWarning(running(1), 1)?.text).toMatch(/^1 session runs, and the limit is 1\./u)
})

test('a sixth session is warned about, the limit goes before', () => {
  expect(roomWarning(running(5), 8)?.kind).toBe('many')
  expect(roomWarning(running(5), 5)?.kind).toBe('full')
})

test('the button says that it will wait, and how many do', () => {
  const queued = [
    ...running(3),
    session(4, 'x', { state: 'starting', place: 1 }),
    session(5, 'y', { state: 'starting', place: 2 }),
  ]
  expect(startWords(running(2), 3, 'Start')).toBe('Start session')
  expect(startWords(running(3), 3, 'Start')).toBe('Start when there is room')
  expect(startWords(queued.slice(0, 4), 3, 'Start')).toBe('Start when there is room (1 waits)')
  expect(startWords(queued, 3, 'Fork')).toBe('Fork when there is room (2 wait)')
  expect(hasRoom(queued, 4)).toBe(false)
})

test('sessions that ended take no room', () => {
  expect(roomWarning([...running(2), ...running(6, 'exited')], 3)).toBeNull()
})

test('whoever owns the same files is named, unless it has ended', () => {
  const sessions = [session(1, 'cart-api'), session(2, 'docs'), session(3, 'old', { state: 'exited' })]
  const one = match({
    shared: [
      { session: 'cart-api', files: 12 },
      { session: 'old', files: 40 },
    ],
  })
  expect(overlapWarning(sessions, one)).toBe(
    '“cart-api” owns 12 of these files too. Start it after that one has landed, or give it other paths.',
  )
  const two = match({
    shared: [
      { session: 'docs', files: 1 },
      { session: 'cart-api', files: 12 },
    ],
  })
  expect(overlapWarning(sessions, two)).toMatch(/^“cart-api” \(12 files\) and “docs” \(1 file\) own /u)
})

test('the count of a scope names what matches nothing', () => {
  expect(scopeWords(match({}))).toBe('312 of 1,204 files')
  expect(scopeWords(match({ matched: 0, unmatched: ['srv/**'] }))).toBe('0 of 1,204 files; “srv/**” matches no file yet')
  expect(scopeWords(match({ unmatched: ['a', 'b', 'c', 'd', 'e'] }))).toMatch(/; “a”, “b”, “c” and 2 more match no file yet$/u)
})
