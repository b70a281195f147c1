/** Facts about what is said of a comment beside its text. */

import { expect, test } from 'vitest'
import type { Comment, Lines } from '../../shared/model/review.ts'
import { commentWords, isShown } from './comments.ts'

const on = (start: number, end = start): Lines => ({ side: 'new', start, end })
const comment = (more: Partial<Comment> = {}): Comment => ({
  id: 'c',
  path: 'a.ts',
  lines: on(2, 4),
  text: 'Why?',
  head: '1'.repeat(40),
  quoted: [],
  at: '2026-11-21T10:00:00Z',
  state: 'draft',
  changed: 'no',
  now: on(2, 4),
  ...more,
})

test('a comment says where its lines are now, and where they were', () => {
  expect(commentWords(comment())).toEqual(['Draft', 'Lines 2–4'])
  expect(commentWords(comment({ now: on(3, 5) }))).toEqual(['Draft', 'Lines 3–5 (lines 2–4 when it was written)'])
  expect(commentWords(comment({ now: null, changed: 'yes' }))).toEqual(['Draft', 'Lines 2–4', 'The code changed since'])
})

test('one whose lines the diff on show does not have says so', () => {
  expect(commentWords(comment(), isShown(on(2, 4), []))).toEqual(['Draft', 'Lines 2–4, not in this diff'])
  expect(isShown(on(2, 4), [{ old: null, new: 4, hunk: 0, text: 'x' }])).toBe(true)
})
