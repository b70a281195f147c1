import { expect, test } from 'vitest'
import type { Oid } from './names.ts'
import { aheadBehind, mergeBase } from './refs.ts'
import { standing, standingOnTop } from './standing.ts'
import { createRepository } from './testing/repository.ts'

/** Two branches that parted, met again by merges of both kinds, and one that has nothing in common with them. */
async function crossed() {
  const repository = await createRepository()
  const { raw, commit } = repository
  const commits: Oid[] = [await commit('a')]
  await raw('checkout', '--quiet', '-b', 'side')
  commits.push(await commit('b', { b: 'b' }), await commit('c', { c: 'c' }))
  await raw('checkout', '--quiet', 'main')
  commits.push(await commit('d', { d: 'd' }))
  await raw('checkout', '--quiet', '-b', 'cross', 'main')
  await raw('merge', '--quiet', '--no-edit', 'side')
  commits.push(await commit('e', { e: 'e' }))
  await raw('checkout', '--quiet', 'side')
  await raw('merge', '--quiet', '--no-edit', 'main')
  commits.push(await commit('f', { f: 'f' }))
  await raw('checkout', '--quiet', '--orphan', 'alone')
  commits.push(await commit('g', { g: 'g' }))
  return { ...repository, commits }
}

test('how two commits stand to each other is what git says in two commands, for every pair', async () => {
  const { git, trusted, commits } = await crossed()
  for (const head of commits) {
    for (const target of commits) {
      const now = await standing(git, trusted, head, target)
      expect({ ahead: now.ahead, behind: now.behind }).toEqual(await aheadBehind(git, trusted, head, target))
      expect(now.base).toBe(await mergeBase(git, trusted, head, target))
    }
  }
})

test('a commit on top needs no git, unless it may be one of the target’s', async () => {
  const { git, trusted, raw, commit, oid } = await createRepository()
  const target = await oid('HEAD')
  let before = { head: target, standing: await standing(git, trusted, target, target) }
  for (const name of ['one', 'two']) {
    const head = await commit(name, { [name]: name })
    const now = await standingOnTop(trusted, head, before)
    expect(now).toEqual(await standing(git, trusted, head, target))
    if (now === null) throw new Error('It could be told.')
    before = { head, standing: now }
  }
  const amended = (await raw('commit', '--quiet', '--amend', '--message', 'other'), await oid('HEAD'))
  expect(await standingOnTop(trusted, amended, before)).toBeNull()
  // From behind, the next commit may be the target's own.
  const behind = { head: target, standing: await standing(git, trusted, target, amended) }
  expect(await standingOnTop(trusted, await oid('HEAD~1'), behind)).toBeNull()
  await raw('gc', '--quiet')
  expect(await standingOnTop(trusted, before.head, { head: await oid(`${before.head}~1`), standing: before.standing })).toBeNull()
})
