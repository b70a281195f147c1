/** Facts about the words while a session starts. */

import { expect, test } from 'vitest'
import { session } from '../testing/fixtures.ts'
import { progressOf } from './progress.ts'

test('the words follow what is known of the session', () => {
  const starting = session(1, 'docs', { state: 'starting' })
  expect(progressOf([], 'docs')).toBe('Reading the repository…')
  expect(progressOf([starting], 'docs')).toMatch(/^Making the worktree… You may close this/u)
  expect(progressOf([{ ...starting, research: true }], 'docs')).toMatch(/^Starting… /u)
  expect(progressOf([{ ...starting, pid: 12 }], 'docs')).toBe('Claude Code is starting…')
})
