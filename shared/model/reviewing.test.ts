/** Facts about how a reviewing session is known. */

import { expect, test } from 'vitest'
import { reviewedBy, reviewOpening } from './reviewing.ts'

const cart = { name: 'cart', branch: 'sluice/cart' }
const prompt = `${reviewOpening(cart)}main at abc and is at def now.\n\nIt is not checked out here.`

test('a session that reviews another one is known by its branch, also under another name', () => {
  const sessions = [{ branch: 'sluice/cart-2' }, { branch: 'sluice/cart' }]
  expect(reviewedBy({ prompt, research: true }, sessions)).toBe(sessions[1])
})

test('what was asked something else, or changes files, reviews nobody', () => {
  expect(reviewedBy({ prompt: 'Please review the work.', research: true }, [cart])).toBeNull()
  expect(reviewedBy({ prompt, research: false }, [cart])).toBeNull()
  expect(reviewedBy({ prompt, research: true }, [{ branch: '' }])).toBeNull()
})
