/** Facts about what is put aside while a start is under way. */

import { expect, test } from 'vitest'
import { EMPTY_DRAFT } from './draft.ts'
import { asides, asideWords, exchanged, isBlank, offered, type Aside } from './put-aside.ts'

const typed = { ...EMPTY_DRAFT, prompt: 'Fix login' }
const aside = (id: string, message: string | null = null): Aside => ({ id, name: `name-${id}`, typed, message })

test('what is under way is not offered, what failed or was never heard of is', () => {
  expect(offered([aside('1'), aside('2')], ['1'], [])?.id).toBe('2')
  expect(offered([aside('1')], ['1'], [])).toBeNull()
  expect(offered([], [], [])).toBeNull()
})

test('what became a session after its window was closed is not offered; another one of that name says nothing', () => {
  expect(offered([aside('1')], [], [{ name: 'name-1', prompt: 'Fix login' }])).toBeNull()
  expect(offered([aside('1')], [], [{ name: 'name-1', prompt: 'Write docs' }])?.id).toBe('1')
  expect(offered([aside('1')], [], [{ name: 'other', prompt: 'Fix login' }])?.id).toBe('1')
})

test('bringing it back loses nothing of what is being typed', () => {
  const other = { ...EMPTY_DRAFT, prompt: 'Write docs' }
  const after = exchanged([aside('1', 'No room.'), aside('2')], aside('1', 'No room.'), other, 'write-docs')
  expect(after.typed).toEqual(typed)
  expect(after.all.map((one) => one.typed.prompt)).toEqual(['Fix login', 'Write docs'])
  expect(exchanged([aside('1')], aside('1'), EMPTY_DRAFT, '').all).toEqual([])
})

test('a scope alone is worth keeping, a choice of model is not', () => {
  expect(isBlank({ ...EMPTY_DRAFT, model: 'opus' })).toBe(true)
  expect(isBlank({ ...EMPTY_DRAFT, scopeText: 'src/' })).toBe(false)
})

test('it says what happened, and can be remembered', () => {
  expect(asideWords(aside('1', 'Claude Code was not found.'))).toBe(
    'What you typed for “name-1” is still here: Claude Code was not found.',
  )
  expect(asideWords(aside('1'))).toBe('What you typed for “name-1” is still here.')
  expect(asides.parse(JSON.parse(JSON.stringify([aside('1')])))).toEqual([aside('1')])
})
