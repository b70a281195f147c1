import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createRepository } from '../git/testing/repository.ts'
import type { Git } from '../git/run.ts'
import { observe, type Observed } from './observing.ts'
import type { Work } from './view.ts'

/** A repository with one worktree, and a git that runs `before` each of its commands that looks at that. */
async function looked(before: (args: readonly string[], worktree: string) => Promise<void>) {
  const { git, trusted, around, raw, oid } = await createRepository()
  const path = join(around, 'login')
  await raw('worktree', 'add', '--quiet', '-b', 'sluice/login', path)
  const target = await oid('main')
  const watched: Git = {
    async run(request) {
      if (request.cwd === path) await before(request.args, path)
      return git.run(request)
    },
  }
  const last: Work = { head: target, ahead: 0, behind: 0, dirty: false, files: 0, insertions: 0, deletions: 0 }
  const subject: Observed = { repository: trusted, worktree: { ...trusted, path }, branch: 'sluice/login', target }
  return observe(watched, last, subject)
}

test('a worktree that is there has no problem', async () => {
  expect(await looked(() => Promise.resolve())).toMatchObject({ dirty: false, files: 0 })
  expect(await looked(() => Promise.resolve())).not.toHaveProperty('problem')
})

test.each(['status', 'diff'])('a worktree that goes away before “git %s” is missing, and no fault', async (verb) => {
  const work = await looked(async (args, worktree) => {
    if (args.includes(verb)) await rename(worktree, `${worktree}-gone`).catch(() => undefined)
  })
  expect(work.problem).toMatch(/worktree .* is missing/u)
})

test('what git refuses in a worktree that is there stays a fault', async () => {
  await expect(looked(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused')
})
