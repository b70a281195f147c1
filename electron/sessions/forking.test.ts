import { expect, test } from 'vitest'
import { firstConversation, forkName } from './forking.ts'

test.each([
  ['login-fix', [], 'login-fix-2'],
  ['login-fix', ['login-fix', 'login-fix-2'], 'login-fix-3'],
  ['login-fix-2', ['login-fix', 'login-fix-2'], 'login-fix-3'],
  ['Login', ['login-2'], 'Login-3'],
  ['-2', [], '-2-2'],
  ['x'.repeat(100), [], `${'x'.repeat(98)}-2`],
  ['海'.repeat(33), [], `${'海'.repeat(32)}-2`],
])('a fork of %j, where %j are taken, is suggested as %j', (name, taken, suggested) => {
  expect(forkName(name, taken)).toBe(suggested)
})

test('a conversation begins with the prompt, with a copy of another one, or with nothing', () => {
  const fresh = { prompt: 'Do it.' }
  expect(firstConversation(fresh, 'id', undefined)).toEqual({ kind: 'new', id: 'id', prompt: 'Do it.' })
  expect(firstConversation(fresh, 'id', 'Go on.')).toEqual({ kind: 'new', id: 'id', prompt: 'Go on.' })
  expect(firstConversation({ prompt: '', forkOf: 'first' }, 'id', undefined)).toEqual({
    kind: 'fork',
    of: 'first',
    id: 'id',
    prompt: null,
  })
})
