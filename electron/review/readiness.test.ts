/** Facts about the readiness list, from facts alone. That it never disagrees with the queue is a test of the House. */

import { expect, test } from 'vitest'
import { readinessOf, type ReadinessFacts } from './readiness.ts'

const READY: ReadinessFacts = {
  target: 'main',
  blocking: [],
  replay: 'clean',
  clashes: [],
  approved: true,
  behind: 0,
  outOfScope: [],
  comments: { drafts: 0, open: 0 },
  viewed: { all: 2, unviewed: [] },
  checks: { commands: ['npm test'], last: null },
}
const lines = (more: Partial<ReadinessFacts> = {}): readonly string[] =>
  readinessOf({ ...READY, ...more }).map(({ kind, level }) => `${level} ${kind}`)

test('a session with nothing in its way has only good lines', () => {
  expect(lines()).toEqual(['good conflict', 'good not-approved', 'good unviewed', 'good checks'])
  expect(lines({ behind: 3 })).toContain('good behind')
})

test('what blocks comes first, then what the user should know, in the words of whoever decides', () => {
  const blocking = [{ kind: 'dirty' as const, text: 'Not committed.', files: ['a.ts'] }]
  const all = readinessOf({ ...READY, blocking, comments: { drafts: 1, open: 2 }, viewed: { all: 2, unviewed: ['b.ts'] } })
  expect(all.map(({ level }) => level)).toEqual(['blocks', 'warns', 'warns', 'good', 'good', 'good'])
  expect(all[0]).toEqual({ ...blocking[0], level: 'blocks' })
  expect(all.find(({ kind }) => kind === 'comments')?.text).toBe('1 comment is not sent yet. 2 comments are not resolved.')
  expect(all.find(({ kind }) => kind === 'unviewed')).toMatchObject({ text: '1 of 2 files are not viewed.', files: ['b.ts'] })
})

test('a clash with a session before it warns and names that one; one with the target blocks', () => {
  expect(readinessOf({ ...READY, clashes: [{ session: 'docs', files: ['a.ts'] }] })[0]).toMatchObject({
    kind: 'conflict',
    level: 'warns',
    text: expect.stringContaining('“docs”') as string,
    files: ['a.ts'],
  })
  const conflict = [{ kind: 'conflict' as const, text: 'Clashes.', files: ['a.ts'] }]
  expect(lines({ blocking: conflict, replay: null }).filter((line) => line.includes('conflict'))).toEqual(['blocks conflict'])
  expect(lines({ replay: 'unknown' })).toContain('warns conflict')
  const behind = readinessOf({ ...READY, blocking: conflict, replay: null, behind: 2 }).find(({ kind }) => kind === 'behind')
  expect(behind).toMatchObject({ level: 'warns', text: 'main has 2 commits that it lacks: it clashes with them.' })
})

test('checks that never ran or passed are no trouble; those that failed, or are not set, are', () => {
  expect(lines({ checks: { commands: ['npm test'], last: 'passed' } })).toContain('good checks')
  expect(lines({ checks: { commands: ['npm test'], last: 'failed' } })).toContain('warns checks')
  expect(lines({ checks: { commands: [], last: null } })).toContain('warns checks')
})

test('where there is nothing to land, nothing is said of its checks', () => {
  const blocking = [{ kind: 'empty' as const, text: 'Nothing.', files: [] }]
  expect(lines({ blocking, replay: null, approved: false, viewed: { all: 0, unviewed: [] } })).toEqual(['blocks empty'])
})
