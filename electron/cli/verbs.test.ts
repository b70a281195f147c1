import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import type { Client } from '../../shared/client.ts'
import type { Leavings } from '../../shared/model/archive.ts'
import { fail, ok } from '../../shared/result.ts'
import type { Link } from './link.ts'
import { runVerb } from './verbs.ts'

const LEAVINGS: Leavings = {
  commits: 0,
  uncommitted: [],
  ignored: [{ path: 'cache/', bytes: 2000, files: 3 }],
  ignoredBytes: 2000,
  ignoredCount: 3,
  running: false,
}

/** Archives in a House that would leave this behind and refuses in the end; gives what was asked and said, in order. */
async function archived(leavings: Leavings): Promise<readonly string[]> {
  const steps: string[] = []
  const call = (async (name: string) => {
    steps.push(name)
    return name === 'session.leavings' ? ok(leavings) : fail('busy', 'It is busy.')
  }) as Client['call']
  const link = { client: { call } } as unknown as Link
  const words = { kind: 'session-archive', name: 'login', json: false, data: undefined } as const
  await runVerb(link, words, { input: new PassThrough(), write: () => undefined, tell: (text) => void steps.push(text) })
  return steps
}

test('what goes with a worktree is said before it is archived', async () => {
  const said = '2.0 kB that git ignores goes with its worktree:\n   2.0 kB  cache/ (3 files)'
  expect(await archived(LEAVINGS)).toEqual(['session.leavings', said, 'session.archive'])
})

test('where nothing goes, or it will be refused, nothing is said to go', async () => {
  const asked = ['session.leavings', 'session.archive']
  expect(await archived({ ...LEAVINGS, ignored: [], ignoredBytes: 0, ignoredCount: 0 })).toEqual(asked)
  expect(await archived({ ...LEAVINGS, refusal: 'It is in the queue.' })).toEqual(asked)
})

test('a diff as JSON has what scripts know, and nothing of what a page wants besides', async () => {
  const file = { path: 'b.ts', oldPath: 'a.ts', status: 'renamed', insertions: 1, deletions: 2, binary: false, viewed: true }
  const more = { group: 'shared', folded: 'generated', kind: 'link', modes: ['100644', '120000'] }
  const call = (async () => ok({ base: 'b', head: 'h', files: [{ ...file, ...more }], note: 'n' })) as unknown as Client['call']
  const link = { client: { call } } as unknown as Link
  const words = { kind: 'diff', name: 'login', of: 'looked', json: true, data: undefined } as const
  const outcome = await runVerb(link, words, { input: new PassThrough(), write: () => undefined, tell: () => undefined })
  expect(outcome.json).toEqual({ base: 'b', head: 'h', files: [file] })
})
