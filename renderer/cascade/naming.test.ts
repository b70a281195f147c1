/** Facts about what a session may be called. */

import { expect, test } from 'vitest'
import { renameProblem } from './naming.ts'

test('its own name is never a problem, another session’s is, whatever its case', () => {
  const taken = ['login', 'Cart']
  expect(renameProblem('login', 'login', taken)).toBeNull()
  expect(renameProblem('Login', 'login', taken)).toBeNull()
  expect(renameProblem('search', 'login', taken)).toBeNull()
  expect(renameProblem('cart', 'login', taken)).toBe('There is a session “Cart” already.')
  expect(renameProblem('', 'login', taken)).not.toBeNull()
  expect(renameProblem('a..b', 'login', taken)).not.toBeNull()
})
