import { expect, test } from 'vitest'
import { ignoredText, leavingsText, sizeText } from './leavings-text.ts'

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1000, '1.0 kB'],
  [1_540_000, '1.5 MB'],
  [99_900_000, '100 MB'],
  [999_700_000, '1.0 GB'],
  [250_000_000_000, '250 GB'],
])('%i bytes are %j', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text)
})

const leavings = {
  commits: 1,
  uncommitted: ['a.ts', 'evil\u001B[2J\nname'],
  ignored: [
    { path: 'node_modules/', bytes: 120_000_000, files: 26 },
    { path: '.env', bytes: 4000 },
  ],
  ignoredBytes: 120_004_000,
  ignoredCount: 28,
  running: true,
}

test('what archiving keeps and deletes is said line by line, and steers no terminal', () => {
  expect(leavingsText(leavings).split('\n')).toEqual([
    'Its Claude Code would be stopped.',
    'Kept on its branch: 1 commit that the target lacks.',
    'Kept in a snapshot: 2 uncommitted files:',
    '   a.ts',
    '   evil�[2J name',
    'Deleted, as git ignores it: 120 MB:',
    '   120 MB  node_modules/ (26 files)',
    '   4.0 kB  .env',
    '   and 1 more file',
  ])
  expect(ignoredText(leavings).split('\n')[0]).toBe('120 MB that git ignores goes with its worktree:')
})

test('nothing to keep and nothing to delete is said too', () => {
  const none = { commits: 0, uncommitted: [], ignored: [], ignoredBytes: 0, ignoredCount: 0, running: false }
  expect(leavingsText({ ...none, refusal: 'It is in the queue.' }).split('\n')).toEqual([
    'It cannot be archived now. It is in the queue.',
    'Kept on its branch: 0 commits that the target lacks.',
    'Kept in a snapshot: 0 uncommitted files.',
    'Deleted: nothing.',
  ])
})

test('shells that would be ended are said, with what runs there', () => {
  expect(leavingsText({ ...leavings, shells: [null] })).toContain('1 shell would be ended.')
  expect(leavingsText({ ...leavings, shells: [null, 'npm run \u001b[2Jdev'] })).toMatch(
    /\n2 shells would be ended, and what runs there: npm run .*dev\.\n/u,
  )
})
