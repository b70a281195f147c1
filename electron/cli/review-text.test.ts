/** Facts about what `sluice review` prints. */

import { expect, test } from 'vitest'
import type { Comment } from '../../shared/model/review.ts'
import { parseWords } from './words.ts'
import { reviewText } from './review-text.ts'

const HEAD = 'a'.repeat(40)
const comment: Comment = {
  id: '1',
  path: 'src/cart.ts',
  lines: { side: 'new', start: 3, end: 4 },
  quoted: ['a', 'b'],
  text: 'Why twice?',
  suggestion: 'once()',
  head: HEAD,
  at: '2026-11-21T12:00:00.000Z',
  state: 'sent',
  by: 'review-cart',
  changed: 'no',
  now: { side: 'new', start: 8, end: 9 },
}

test('what blocks, what was said and what was done stand in one text', () => {
  const text = reviewText(
    {
      session: 's',
      looked: null,
      comments: [comment, { ...comment, id: '2', changed: 'yes', now: null, state: 'draft' }],
      readiness: [{ kind: 'dirty', level: 'blocks', text: 'It has uncommitted changes.', files: ['a.ts'] }],
    },
    {
      commits: [{ oid: HEAD, subject: 'Add the cart', body: '', author: 'Ada', at: '2026-11-21T12:00:00Z' }],
      earlier: 1500,
      message: 'All done.\u001b[2J',
    },
  )
  expect(text).toMatchInlineSnapshot(`
    "Not ready to land
      ✗ It has uncommitted changes.
          a.ts

    Comments
      src/cart.ts:8–9  (sent, by review-cart)
          Why twice?
          instead:
            once()
      src/cart.ts:3–4  (draft, by review-cart, the code changed since)
          Why twice?
          instead:
            once()

    Commits
      … 1,500 earlier ones are not shown
      aaaaaaaaaa  Add the cart  (Ada)

    It said last
      All done.�[2J"
  `)
})

test('a session with nothing in its way is ready, and says no more than there is', () => {
  const nothing = { session: 's', looked: null, comments: [], readiness: [] }
  expect(reviewText(nothing, { commits: [], message: null })).toBe('Ready to land')
})

test('“sluice review” takes the name of a session, and nothing else', () => {
  expect(parseWords(['review', 'cart', '--json'])).toMatchObject({ kind: 'review', name: 'cart', json: true })
  expect(() => parseWords(['review'])).toThrow('NAME is missing')
  expect(() => parseWords(['review', 'cart', 'now'])).toThrow('one word too many')
})
