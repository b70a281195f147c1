/** Facts about places in files, as programs write them. */

import { expect, test } from 'vitest'
import { fileMeant, insideWorktree, mentionsIn } from './paths.ts'

const found = (text: string): readonly (readonly [string, number | null, string])[] =>
  mentionsIn(text).map(({ path, line, from, to }) => [path, line, text.slice(from, to)])

test.each([
  ['src/app.ts:12', 'src/app.ts', 12, 'src/app.ts:12'],
  ['error at src/app.ts:12:5: bad', 'src/app.ts', 12, 'src/app.ts:12:5'],
  ['./x/y.ts(3,4): error TS1', './x/y.ts', 3, './x/y.ts(3,4)'],
  ['  File "pkg/a b.py", line 3, in f', 'pkg/a b.py', 3, 'File "pkg/a b.py", line 3'],
  ['    at f (/home/ada/w/src/app.ts:7:1)', '/home/ada/w/src/app.ts', 7, '/home/ada/w/src/app.ts:7:1'],
  ['see src/app.ts.', 'src/app.ts', null, 'src/app.ts'],
  ['● Update(src/app.ts)', 'src/app.ts', null, 'src/app.ts'],
  ['app/(shop)/[id]/page.tsx:4', 'app/(shop)/[id]/page.tsx', 4, 'app/(shop)/[id]/page.tsx:4'],
  ['Makefile:3: *** missing', 'Makefile', 3, 'Makefile:3'],
  ['漢字 → 👨‍👩‍👧 ../b.ts:1', '../b.ts', 1, '../b.ts:1'],
] as const)('%s', (text, path, line, whole) => {
  expect(found(text)).toContainEqual([path, line, whole])
})

test.each(['https://example.org/a.ts:12', 'http://x/y', 'and/', 'just words, no more', '12:30:45', '...', 'v1.2.3', '~/.bashrc'])(
  '“%s” names no file at a line',
  (text) => {
    expect(found(text).filter(([, line]) => line !== null)).toEqual([])
  },
)

test.each([
  'a/'.repeat(2_000),
  'a.'.repeat(2_000),
  '('.repeat(4_000),
  `${'x'.repeat(3_990)}:1`,
  ':1'.repeat(2_000),
  'a/b '.repeat(900),
])('a line made to be slow is not (%#)', (text) => {
  expect(mentionsIn(text).length).toBeLessThanOrEqual(50)
})

test('only what is inside the worktree is meant', () => {
  const worktree = '/home/ada/shop.worktrees/docs'
  expect(insideWorktree('./src/a.ts', worktree)).toBe('src/a.ts')
  expect(insideWorktree('src/x/../a.ts', worktree)).toBe('src/a.ts')
  expect(insideWorktree(`${worktree}/src/a.ts`, worktree)).toBe('src/a.ts')
  expect(insideWorktree(`${worktree}-2/src/a.ts`, worktree)).toBeNull()
  expect(insideWorktree('/etc/passwd', worktree)).toBeNull()
  expect(insideWorktree('../../etc/passwd', worktree)).toBeNull()
})

test('a path from a folder below is found where only one file ends so', () => {
  const files = ['packages/a/src/app.ts', 'packages/b/src/index.ts', 'packages/c/src/index.ts']
  expect(fileMeant('src/app.ts', files)).toBe('packages/a/src/app.ts')
  expect(fileMeant('src/index.ts', files)).toBeNull()
  expect(fileMeant('pp.ts', files)).toBeNull()
})
