/** Facts about how readiness is said. */

import { expect, test } from 'vitest'
import { READINESS, type ReadinessLine } from '../../shared/model/review.ts'
import type { Entry } from '../../shared/model/queue.ts'
import { deedsOf, headlineOf } from './readiness.ts'

const line = (kind: ReadinessLine['kind'], level: ReadinessLine['level'], files: readonly string[] = []): ReadinessLine => ({
  kind,
  level,
  text: 'A sentence.',
  files,
})
const entry: Entry = { session: 'docs', phase: 'checking', since: '2026-11-21T10:00:00Z' }

test('what blocks is counted, and named where it is one thing', () => {
  expect(headlineOf([line('dirty', 'blocks'), line('handoff', 'blocks'), line('unviewed', 'warns')], null)).toMatchObject({
    words: '2 things before it can land',
    level: 'blocks',
  })
  expect(headlineOf([line('not-approved', 'blocks')], null).words).toBe('Not approved yet')
})

test('what only warns is no reason not to land, and is not hidden', () => {
  expect(headlineOf([line('behind', 'warns'), line('checks', 'warns')], null)).toEqual({
    words: 'Ready to land',
    level: 'good',
    more: '2 to know',
  })
  expect(headlineOf([line('checks', 'good')], null)).toEqual({ words: 'Ready to land', level: 'good', more: null })
})

test('what is not known yet is neither good nor bad', () => {
  expect(headlineOf(null, null).level).toBeNull()
  expect(headlineOf([line('behind', 'warns')], entry).words).toBe('On its way')
})

test('for all that blocks or warns there is something to do, but for what only the session can bring', () => {
  const without = READINESS.filter((kind) => deedsOf(line(kind, 'blocks', ['a.ts']), entry, { repair: 'recreate' }).length === 0)
  expect(without).toEqual(['empty', 'behind'])
  expect(deedsOf(line('dirty', 'good'), null, {})).toEqual([])
  expect(deedsOf(line('problem', 'blocks'), null, {})).toEqual([])
})
