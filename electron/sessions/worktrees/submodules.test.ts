import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createRepository } from '../../git/testing/repository.ts'
import { observe } from '../observing.ts'
import { aboutEmptySubmodules, emptySubmodules } from './submodules.ts'

const ALLOWED = ['-c', 'protocol.file.allow=always'] as const

/** A repository with two submodules, one in a folder with an odd name, and a worktree of it. */
async function withSubmodules() {
  const repository = await createRepository()
  const inner = await createRepository({ name: 'inner' })
  for (const path of ['lib', 'deep/odd #name']) await repository.raw(...ALLOWED, 'submodule', '--quiet', 'add', inner.path, path)
  const head = await repository.commit('submodules')
  const there = join(repository.around, 'there')
  await repository.raw('worktree', 'add', '--quiet', '-b', 'sluice/a', there)
  return { ...repository, there, head }
}

test('a worktree says which submodules are empty in it until they are filled', async () => {
  const { git, trusted, there, head, rawIn } = await withSubmodules()
  const last = { head, ahead: 0, behind: 0, dirty: false, files: 0, insertions: 0, deletions: 0 }
  const look = () =>
    observe(git, last, { repository: trusted, worktree: { path: there, trusted: true }, branch: 'sluice/a', target: head })
  expect(await look()).toMatchObject({
    dirty: false,
    unfilled: expect.stringMatching(/“lib”, “deep\/odd #name” are empty .* “git submodule update --init”/u),
  })
  await rawIn(there, ...ALLOWED, 'submodule', '--quiet', 'update', '--init')
  expect(await look()).not.toHaveProperty('unfilled')
})

test('submodules that the user’s own checkout has not filled either are missed by nobody', async () => {
  const { path, there, raw } = await withSubmodules()
  expect(await emptySubmodules(path, there)).toHaveLength(2)
  await raw('submodule', '--quiet', 'deinit', '--all')
  expect(await emptySubmodules(path, there)).toEqual([])
})

test('the sentence names a few of them', () => {
  expect(aboutEmptySubmodules([])).toBe(null)
  expect(aboutEmptySubmodules(['lib'])).toMatch(/^The submodule “lib” is empty in its worktree\. Run “git submodule/u)
  expect(aboutEmptySubmodules(['a', 'b', 'c', 'd', 'e'])).toMatch(/^The submodules “a”, “b”, “c” and 2 more are empty/u)
})
