/** Facts about the name of a fork. */

import { expect, test } from 'vitest'
import { forkName, nameProblemOf } from './forking.ts'

test('a fork gets the next free number', () => {
  expect(forkName('login-fix', [])).toBe('login-fix-2')
  expect(forkName('login-fix', ['login-fix-2', 'login-fix-3'])).toBe('login-fix-4')
  expect(forkName('login-fix-2', ['login-fix-2'])).toBe('login-fix-3')
  expect(forkName('2026', [])).toBe('2026-2')
})

test('a name that is taken or that git would refuse is refused in a sentence', () => {
  expect(nameProblemOf('docs', [])).toBeNull()
  expect(nameProblemOf('docs', ['docs'])).toMatch(/^There is a session called “docs” already/u)
  expect(nameProblemOf('a b', [])).toMatch(/cannot contain spaces/u)
  expect(nameProblemOf('', [])).toMatch(/needs a name/u)
})
