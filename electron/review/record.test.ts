/** Facts about what is kept of a review. */

import { expect, test } from 'vitest'
import { commented, draftsOf, marked, NO_REVIEW, resolved, sent, withoutComment, type KeptComment } from './record.ts'

const HEAD = 'a'.repeat(40)
const comment = (id: string, more: Partial<KeptComment> = {}): KeptComment => ({
  id,
  path: 'a.ts',
  lines: null,
  text: 'Why?',
  head: HEAD,
  quoted: [],
  at: '2026-11-21T12:00:00.000Z',
  state: 'draft',
  ...more,
})
const mark = (path: string, key: string) => ({ path, from: null, to: 'x', key })

test('a file is viewed until its marks are taken away, and other files keep theirs', () => {
  const both = marked(NO_REVIEW, ['a.ts', 'b.ts'], [mark('a.ts', '1'), mark('b.ts', '1')])
  expect(marked(both, ['a.ts'], null).marks).toEqual([mark('b.ts', '1')])
  expect(marked(both, ['a.ts'], [mark('a.ts', '1')]).marks).toEqual([mark('b.ts', '1'), mark('a.ts', '1')])
})

test('a file keeps its last marks only', () => {
  let record = NO_REVIEW
  for (const key of ['1', '2', '3', '4', '5', '6']) record = marked(record, ['a.ts'], [mark('a.ts', key)])
  expect(record.marks.map(({ key }) => key)).toEqual(['3', '4', '5', '6'])
})

test('drafts that were sent are drafts no more; what was resolved can be opened again', () => {
  const record = commented(commented(NO_REVIEW, comment('1')), comment('2'))
  const after = sent(record, ['1'])
  expect(after.comments.map(({ state }) => state)).toEqual(['sent', 'draft'])
  const done = resolved(after, '1', true)
  expect(done.comments[0]?.state).toBe('resolved')
  expect(resolved(done, '1', false).comments[0]?.state).toBe('sent')
  expect(resolved(resolved(after, '2', true), '2', false).comments[1]?.state).toBe('draft')
  expect(draftsOf(done).map(({ id }) => id)).toEqual(['2'])
})

test('a draft that is changed or deleted while its prompt waits is not what was sent', () => {
  const record = {
    ...commented(commented(NO_REVIEW, comment('1')), comment('2')),
    sending: { text: 'x', ids: ['1', '2'], at: '2026-11-21T12:00:00.000Z' },
  }
  expect(commented(record, comment('1', { text: 'Other.' })).sending?.ids).toEqual(['2'])
  expect(withoutComment(record, '2')).toMatchObject({ comments: [{ id: '1' }], sending: { ids: ['1'] } })
})
