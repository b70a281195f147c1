import { expect, test } from 'vitest'
import { badWorktreesFolder } from './worktrees-folder.ts'

const CHECKOUT = '/home/ada/code/shop'

test.each([
  'trees',
  './trees',
  '../trees',
  '~',
  '~/trees',
  CHECKOUT,
  `${CHECKOUT}/`,
  `${CHECKOUT}/.git/trees`,
  `${CHECKOUT}/../shop/x`,
])('worktrees cannot go to %s, and a sentence says why', (folder) =>
  expect(badWorktreesFolder(folder, CHECKOUT)).toMatch(/^“.*” .*\.$/u),
)

test.each(['/home/ada/trees', `${CHECKOUT}.worktrees`, `${CHECKOUT}/../trees`, '/'])('worktrees can go to %s', (folder) =>
  expect(badWorktreesFolder(folder, CHECKOUT)).toBeNull(),
)
