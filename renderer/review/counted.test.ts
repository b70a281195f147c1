/** Facts about the counts that are remembered. */

import { expect, test } from 'vitest'
import { session } from '../testing/fixtures.ts'
import { countedOf, keepCount } from './counted.ts'

test('what was counted holds until the session has other work', () => {
  const docs = session(1, 'docs', { state: 'working' })
  keepCount(docs, 'branch', 3)
  keepCount(docs, 'looked', 9)
  keepCount({ ...docs, spentUsd: 9 }, 'uncommitted', 1)
  expect(countedOf(docs)).toEqual({ branch: 3, uncommitted: 1 })
  const moved = { ...docs, insertions: docs.insertions + 1 }
  expect(countedOf(moved)).toEqual({})
  keepCount(moved, 'branch', 4)
  expect([countedOf(moved), countedOf(docs)]).toEqual([{ branch: 4 }, {}])
})
