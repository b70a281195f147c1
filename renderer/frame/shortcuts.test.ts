/** Facts about where keys work. */

import { expect, test } from 'vitest'
import { COMMAND_IDS, commandOf } from '../commands/table.ts'
import { meaningOf, type Place } from './shortcuts.ts'

const once = { shortcuts: {}, repeat: false }
const places: readonly Place[] = ['terminal', 'floating', 'typing', 'free']
const workingAt = (keys: string): readonly Place[] => places.filter((place) => meaningOf(keys, place, once) !== null)

test('digits select, and every usual key runs its command, where nobody types', () => {
  expect(meaningOf('3', 'free', once)).toEqual({ kind: 'select', number: 3 })
  expect(meaningOf('0', 'free', once)).toBeNull()
  for (const id of COMMAND_IDS) {
    for (const keys of commandOf(id).keys) expect(meaningOf(keys, 'free', once)).toEqual({ kind: 'command', id })
  }
})

test('no key is taken from the terminal, a dialog or a menu', () => {
  for (const keys of ['1', ...COMMAND_IDS.flatMap((id) => commandOf(id).keys)]) {
    expect(workingAt(keys)).not.toContain('terminal')
    expect(workingAt(keys)).not.toContain('floating')
  }
})

test('beside what is typed only chords work', () => {
  expect([workingAt('n'), workingAt('4'), workingAt('alt+arrowleft'), workingAt('f2'), workingAt('?')]).toEqual(
    Array.from({ length: 5 }, () => ['free']),
  )
  expect([workingAt('mod+k'), workingAt('mod+,')]).toEqual([
    ['typing', 'free'],
    ['typing', 'free'],
  ])
})

test('a chord that moves the caret stays with what is typed', () => {
  const shortcuts = { 'session.next': ['mod+shift+arrowright'] }
  expect(meaningOf('mod+shift+arrowright', 'typing', { shortcuts, repeat: false })).toBeNull()
  expect(meaningOf('mod+shift+arrowright', 'free', { shortcuts, repeat: false })).not.toBeNull()
})

test('a key that is held down moves on, and does nothing else twice', () => {
  const held = { shortcuts: {}, repeat: true }
  expect(meaningOf(']', 'free', held)).toEqual({ kind: 'command', id: 'session.next' })
  expect([meaningOf('l', 'free', held), meaningOf('n', 'free', held), meaningOf('2', 'free', held)]).toEqual([null, null, null])
})
