import { expect, test } from 'vitest'
import { limitedUntil } from './limits.ts'

const AT = Date.UTC(2026, 10, 21, 18) / 1000
const open = { used_percentage: 41, resets_at: AT }
const usedUp = { used_percentage: 100, resets_at: AT }

const TABLE: readonly (readonly [string, unknown, string | undefined])[] = [
  ['nothing is told', undefined, undefined],
  ['no window is used up', { five_hour: open, seven_day: open }, undefined],
  ['one is', { five_hour: usedUp, seven_day: open }, '2026-11-21T18:00:00.000Z'],
  ['two are: the later one', { five_hour: usedUp, seven_day: { ...usedUp, resets_at: AT + 3600 } }, '2026-11-21T19:00:00.000Z'],
  ['one that cannot be read beside one that can', { five_hour: 'soon', seven_day: usedUp }, '2026-11-21T18:00:00.000Z'],
  ['a time that is none', { five_hour: { used_percentage: 100, resets_at: 1e300 } }, undefined],
  ['something else', 'five hours', undefined],
]

test.each(TABLE)('%s', (_name, told, until) => {
  expect(limitedUntil(told)).toBe(until)
})
