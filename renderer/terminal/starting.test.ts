/** Facts about Enter in the terminal of a shell that has ended. */

import { expect, test } from 'vitest'
import { startsAgain } from './starting.ts'

const ENTER = { key: 'Enter', repeat: false, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }

test('Enter starts it again, but not as what was typed on', () => {
  expect(startsAgain(ENTER, 600)).toBe(true)
  expect(startsAgain(ENTER, 599)).toBe(false)
  expect(startsAgain({ ...ENTER, repeat: true }, 5_000)).toBe(false)
  expect(startsAgain({ ...ENTER, key: 'a' }, 5_000)).toBe(false)
})

test.each(['ctrlKey', 'metaKey', 'altKey', 'shiftKey'] as const)('with %s it is a chord for something else', (modifier) => {
  expect(startsAgain({ ...ENTER, [modifier]: true }, 5_000)).toBe(false)
})
