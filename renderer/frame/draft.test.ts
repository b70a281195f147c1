/** Facts about what the user typed for a new session. */

import { expect, test } from 'vitest'
import { startRequest } from '../../shared/contract.ts'
import { EMPTY_DRAFT, listed, nameOf, nameProblem, requestOf } from './draft.ts'

test('a prompt is all that is needed', () => {
  const typed = { ...EMPTY_DRAFT, prompt: 'Fix the login redirect' }
  expect(requestOf(typed, [])).toEqual({ prompt: 'Fix the login redirect', name: 'fix-login-redirect' })
  expect(requestOf({ ...typed, prompt: ' \n ' }, [])).toBeNull()
})

test('the name follows the prompt until the user types one', () => {
  expect(nameOf(EMPTY_DRAFT, [])).toBe('')
  expect(nameOf({ ...EMPTY_DRAFT, prompt: 'Fix login' }, ['fix-login'])).toBe('fix-login-2')
  expect(nameOf({ ...EMPTY_DRAFT, prompt: 'Fix login', name: 'mine' }, [])).toBe('mine')
})

test('a wrong or taken name gets a sentence and starts nothing; an emptied one is left to Sluice', () => {
  const typed = { ...EMPTY_DRAFT, prompt: 'Fix login' }
  expect(nameProblem({ ...typed, name: 'a b' }, [])).toMatch(/spaces/u)
  expect(nameProblem({ ...typed, name: 'mine' }, ['mine'])).toMatch(/already/u)
  expect(requestOf({ ...typed, name: 'a b' }, [])).toBeNull()
  expect(requestOf({ ...typed, name: '' }, [])).toEqual({ prompt: 'Fix login' })
})

test('every field that was filled travels, in the shape of the contract', () => {
  const request = requestOf(
    {
      prompt: 'Go',
      name: 'go',
      model: ' opus ',
      permissionMode: 'plan',
      scope: 'src/{cart,api}/**, docs/*\n\ntest/**',
      from: 'v1',
    },
    [],
  )
  expect(startRequest.parse(request)).toEqual({
    prompt: 'Go',
    name: 'go',
    model: 'opus',
    permissionMode: 'plan',
    scope: ['src/{cart,api}/**', 'docs/*', 'test/**'],
    from: 'v1',
  })
  expect(listed('')).toEqual([])
})
