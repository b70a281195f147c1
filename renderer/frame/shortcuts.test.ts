/** Facts about keys. */

import { expect, test } from 'vitest'
import { stepOf } from '../cascade/Cascade.tsx'
import { shortcutOf, type Pressed } from './shortcuts.ts'
import { nextWaiting } from './StatusBar.tsx'

const free: Pressed = { key: '', ctrlKey: false, metaKey: false, altKey: false, place: 'free' }

test('digits select, N starts, W sweeps, T types', () => {
  expect(shortcutOf({ ...free, key: '3' })).toEqual({ kind: 'select', number: 3 })
  expect(shortcutOf({ ...free, key: 'n' })).toEqual({ kind: 'new' })
  expect(shortcutOf({ ...free, key: 'W' })).toEqual({ kind: 'sweep' })
  expect(shortcutOf({ ...free, key: 't' })).toEqual({ kind: 'terminal' })
  expect(shortcutOf({ ...free, key: '0' })).toBeNull()
})

test('no key is taken from somebody who types, and none that has a modifier', () => {
  for (const key of ['1', '9', 'n', 'w', 't']) {
    expect(shortcutOf({ ...free, key, place: 'typing' })).toBeNull()
    for (const modifier of ['ctrlKey', 'metaKey', 'altKey']) expect(shortcutOf({ ...free, key, [modifier]: true })).toBeNull()
  }
})

test('arrows go round the cascade, Home and End to its ends', () => {
  expect([stepOf('ArrowRight', 2, 3), stepOf('ArrowLeft', 0, 3), stepOf('Home', 1, 3), stepOf('End', 1, 3)]).toEqual([0, 2, 0, 2])
  expect(stepOf('ArrowRight', 0, 0)).toBeNull()
  expect(stepOf('x', 0, 3)).toBeNull()
})

test('the sweep goes from one that waits to the next, and starts over', () => {
  const waiting = [{ session: { id: 'a' } }, { session: { id: 'b' } }]
  expect([nextWaiting(waiting, null), nextWaiting(waiting, 'a'), nextWaiting(waiting, 'b')]).toEqual(['a', 'b', 'a'])
  expect(nextWaiting([], 'a')).toBeNull()
})
