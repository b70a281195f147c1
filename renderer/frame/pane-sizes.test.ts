/** Facts about how wide the panes are. */

import { expect, test } from 'vitest'
import { percentagesOf, sharesAfter, USUAL_SHARES } from './pane-sizes.ts'

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
  expect(Object.values(USUAL_SHARES).reduce((sum, share) => sum + share)).toBe(100)
})
