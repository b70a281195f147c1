/** Facts about what the user typed for a new session. */

import { expect, test } from 'vitest'
import { calls, startRequest } from '../../shared/contract.ts'
import {
  draft,
  EMPTY_DRAFT,
  fieldOf,
  listed,
  nameOf,
  nameProblem,
  promptProblem,
  refusalOf,
  requestOf,
  scopeOf,
  scopeTaken,
} from './draft.ts'

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

test('what cannot be started says why, and a prompt that is too long starts nothing', () => {
  const typed = { ...EMPTY_DRAFT, prompt: 'x'.repeat(300_000) }
  expect([refusalOf(typed, []), promptProblem(typed)]).toEqual([null, null])
  const longer = { ...typed, prompt: `${typed.prompt}x` }
  expect(promptProblem(longer)).toMatch(/300,000 characters/u)
  expect([refusalOf(longer, []), requestOf(longer, [])]).toEqual([promptProblem(longer), null])
  expect(refusalOf({ ...EMPTY_DRAFT, name: 'a b' }, [])).toBe('Write a prompt first.')
  expect(promptProblem(EMPTY_DRAFT)).toBeNull()
})

test('every field that was filled travels, in the shape of the contract, and what is still being typed as well', () => {
  const request = requestOf(
    {
      prompt: 'Go',
      name: 'go',
      model: ' opus ',
      permissionMode: 'plan',
      scope: ['src/{cart,api}/**', 'docs/*'],
      scopeText: ' test/**, docs/*',
      from: 'v1',
      research: false,
      budget: ' 2,50 ',
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
    budgetUsd: 2.5,
  })
})

test('research takes nothing that is for a worktree, and keeps what was typed for one', () => {
  const typed = { ...EMPTY_DRAFT, prompt: 'Look', scope: ['src/**'], from: 'v1', permissionMode: 'auto' as const, research: true }
  expect(startRequest.parse(requestOf(typed, []))).toEqual({ prompt: 'Look', name: 'look', research: true })
  expect(requestOf({ ...typed, research: false }, [])).toMatchObject({ scope: ['src/**'], from: 'v1' })
})

test.each(['0', '-1', '$5', '1e9', '100001'])('a budget of “%s” is refused in a sentence', (budget) => {
  const typed = { ...EMPTY_DRAFT, prompt: 'Go', budget }
  expect(refusalOf(typed, [])).toMatch(/^A budget is an amount of US dollars/u)
  expect(requestOf(typed, [])).toBeNull()
})

test('globs are apart by commas and lines, but not within braces', () => {
  expect(listed('src/{cart,api}/**, docs/*\n\ntest/**,')).toEqual(['src/{cart,api}/**', 'docs/*', 'test/**'])
  expect(listed('')).toEqual([])
  expect(scopeOf({ scope: ['a'], scopeText: 'b, a' })).toEqual(['a', 'b'])
  expect(scopeTaken({ scope: ['a'], scopeText: 'b' })).toEqual({ scope: ['a', 'b'], scopeText: '' })
})

test('a draft that is half readable keeps the half', () => {
  expect(draft.parse({ prompt: 'Keep me', scope: 'of another shape', permissionMode: 'gone' })).toEqual({
    ...EMPTY_DRAFT,
    prompt: 'Keep me',
  })
})

test('a failure is said at the field that it is about', () => {
  const fields = calls['session.start'].failures.map((code) => [code, fieldOf(code)] as const)
  expect(Object.fromEntries(fields.filter(([, field]) => field !== null))).toEqual({
    'bad-name': 'name',
    'name-taken': 'name',
    'branch-exists': 'name',
    'folder-exists': 'name',
    'bad-scope': 'scope',
    'bad-ref': 'from',
    'no-target': 'from',
  })
})
