import { expect, test } from 'vitest'
import { createGit } from './run.ts'
import { findGit, gitVersionIn, isOldGit } from './version.ts'

test.each([
  ['git version 2.39.5\n', '2.39.5'],
  ['git version 2.39.5 (Apple Git-154)\n', '2.39.5'],
  ['git version 2.52.0.windows.1\n', '2.52.0'],
  ['git version 3.0\n', '3.0'],
  ['usage: git', null],
  ['', null],
])('“%s” is git %s', (printed, version) => expect(gitVersionIn(printed)).toBe(version))

test.each([
  ['2.37.9', true],
  ['1.99', true],
  ['2.38', false],
  ['2.100.0', false],
  ['3.0', false],
])('git %s is too old: %s', (version, old) => expect(isOldGit(version)).toBe(old))

test('the git that is here says its version', async () => {
  const found = await findGit(createGit({ env: process.env }))
  expect(found.version).toMatch(/^\d+\.\d+/u)
})

test('without git there is a sentence', async () => {
  const found = await findGit(createGit({ env: process.env, binary: '/nowhere/git' }))
  expect(found).toMatchObject({ version: null, problem: expect.stringContaining('Install git') })
})
