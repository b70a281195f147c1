/** Facts about how wide the panes are. */

import { expect, test } from 'vitest'
import { session } from '../testing/fixtures.ts'
import { occasionOf, percentagesOf, sharesAfter, USUAL_SHARES } from './pane-sizes.ts'

const shares = { terminal: 40, review: 40, queue: 20 }

test('those that show make up the whole room', () => {
  expect(percentagesOf(shares, ['terminal', 'review'])).toEqual({ terminal: 50, review: 50 })
  expect(percentagesOf(shares, ['queue'])).toEqual({ queue: 100 })
})

test('resizing two of them leaves the third as it was when it comes back', () => {
  const after = sharesAfter(shares, { terminal: 75, review: 25 })
  expect(after).toEqual({ terminal: 60, review: 20, queue: 20 })
  expect(percentagesOf(after, ['terminal', 'review', 'queue'])).toEqual({ terminal: 60, review: 20, queue: 20 })
})

test('a pane that has the whole room changes nobody’s share', () => {
  expect(sharesAfter(shares, { review: 100 })).toEqual(shares)
})

test('the usual shares are percentages', () => {
  for (const usual of Object.values(USUAL_SHARES)) expect(Object.values(usual).reduce((sum, share) => sum + share)).toBe(100)
})

test('several terminals have more room than one, and most while nobody has changed anything', () => {
  const fresh = [1, 2].map((order) => session(order, `s${order}`, { files: 0, dirty: false }))
  expect(occasionOf(fresh, 'one')).toBe('one')
  expect(occasionOf(fresh, 'grid')).toBe('watching')
  for (const change of [{ files: 1 }, { dirty: true }])
    expect(occasionOf([...fresh, session(3, 's3', { files: 0, dirty: false, ...change })], 'two')).toBe('several')
  // Nothing stands beside a single one, and what was archived is not looked at.
  expect(occasionOf(fresh.slice(1), 'two')).toBe('one')
  expect(occasionOf([...fresh, session(3, 's3', { files: 1, state: 'archived' })], 'grid')).toBe('watching')
  const widths = (['one', 'several', 'watching'] as const).map((occasion) => USUAL_SHARES[occasion].terminal)
  expect(widths).toEqual(widths.toSorted((a, b) => a - b))
})
