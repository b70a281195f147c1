/** Facts about a setting that the House refuses. */

import { expect, test } from 'vitest'
import { afterRefusal, type Pending } from './pending.ts'

const kept = (value: unknown): Pending => ({ kind: 'kept', value, over: 'null' })
const WHY = 'The folder is not there.'

test('what was typed stands there with the reason, a choice goes back', () => {
  const one = kept('/nowhere')
  expect(afterRefusal(one, one, '/nowhere', WHY)).toEqual({ kind: 'typed', text: '/nowhere', refusal: WHY })
  expect(afterRefusal(one, one, null, WHY)).toEqual({ kind: 'refused', refusal: WHY })
})

test('what was typed or kept since is not replaced, and the reason is not said of it', () => {
  const newer: Pending = { kind: 'typed', text: '/nowhere/else', refusal: null }
  expect(afterRefusal(newer, kept('/nowhere'), '/nowhere', WHY)).toBe(newer)
  const again = kept('/home')
  expect(afterRefusal(again, kept('/nowhere'), '/nowhere', WHY)).toBe(again)
})
