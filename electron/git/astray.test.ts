/** Landings whose checkout changes between the last look and the move. */

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addWorktree } from './add-worktree.ts'
import { advanceTarget, followLanding } from './landing.ts'
import { branchHead, currentBranch, headOf } from './refs.ts'
import type { Git, Run } from './run.ts'
import { status } from './status.ts'
import { createRepository } from './testing/repository.ts'

/** The same git, with something that happens once just before or just after the first run of a subcommand. */
function around(git: Git, verb: string, happens: { before?: () => Promise<unknown>; after?: () => Promise<unknown> }): Git {
  let done = false
  return {
    async run(run: Run) {
      if (done || !run.args.includes(verb)) return git.run(run)
      done = true
      await happens.before?.()
      const ended = await git.run(run)
      await happens.after?.()
      return ended
    },
  }
}

/** `main` at `from` is checked out; `to` is one commit on top of it; `aside` is one commit behind. */
async function ready() {
  const repository = await createRepository()
  const { raw, commit, oid } = repository
  const behind = await oid('HEAD')
  await raw('branch', '--quiet', 'aside')
  const from = await commit('base', { 'a.txt': '1\n' })
  await raw('checkout', '--quiet', '-b', 'work')
  const to = await commit('work', { 'a.txt': '2\n' })
  await raw('checkout', '--quiet', 'main')
  const land = (git: Git) => advanceTarget(git, repository.trusted, { branch: 'main', from, to })
  return { ...repository, behind, from, to, land }
}

test('a commit made right after the landing does not make it “moved”', async () => {
  const { land, git, commit } = await ready()
  expect(await land(around(git, 'merge', { after: () => commit('on top') }))).toEqual({ kind: 'landed' })
})

test('a hook that commits after the merge does not make the landing “moved”', async () => {
  const { land, git, path, trusted, to } = await ready()
  await mkdir(join(path, '.git/hooks'), { recursive: true })
  await writeFile(join(path, '.git/hooks/post-merge'), '#!/bin/sh\ngit commit --quiet --allow-empty -m hook\n', { mode: 0o755 })
  expect(await land(git)).toEqual({ kind: 'landed' })
  expect(await branchHead(git, trusted, 'main')).not.toBe(to)
})

test('a hook that waits for ever after the merge does not hide that the landing happened', async () => {
  const { land, git, path, trusted, to } = await ready()
  await mkdir(join(path, '.git/hooks'), { recursive: true })
  await writeFile(join(path, '.git/hooks/post-merge'), '#!/bin/sh\nexec sleep 300\n', { mode: 0o755 })
  const hasty: Git = { run: (run) => git.run(run.args.includes('merge') ? { ...run, timeoutMs: 1500 } : run) }
  expect(await land(hasty)).toEqual({ kind: 'landed' })
  expect(await headOf(git, trusted)).toBe(to)
})

test('a branch that the user switched to just before the merge is put back', async () => {
  const { land, git, raw, trusted, from, behind } = await ready()
  await raw('branch', '--quiet', 'twin')
  for (const [branch, old] of [['aside', behind], ['twin', from]] as const) {
    await raw('checkout', '--quiet', 'main')
    const result = await land(around(git, 'merge', { before: () => raw('checkout', '--quiet', branch) }))
    expect(result).toEqual({ kind: 'refused', message: expect.stringMatching(new RegExp(`“${branch}” was checked out.*put back`, 'u')) })
    expect(await status(git, trusted)).toEqual({ head: old, branch, changes: [] })
    expect(await branchHead(git, trusted, branch)).toBe(old)
    expect(await branchHead(git, trusted, 'main')).toBe(from)
  }
  await raw('checkout', '--quiet', 'main')
  await land(around(git, 'merge', { before: () => raw('checkout', '--quiet', '--detach') }))
  expect(await status(git, trusted)).toEqual({ head: from, branch: null, changes: [] })
}) // prettier-ignore

test('a branch that cannot be put back is named with what to do', async () => {
  const { land, git, raw, trusted, write, to, behind } = await ready()
  const racing = around(git, 'merge', {
    before: () => raw('checkout', '--quiet', 'aside'),
    after: () => write('a.txt', 'mine\n'),
  })
  const words = expect.stringContaining(`git reset --keep ${behind.slice(0, 12)}`)
  expect(await land(racing)).toEqual({ kind: 'refused', message: words })
  expect(await branchHead(git, trusted, 'aside')).toBe(to)
})

test('a branch that stood at the landed commit already stays there', async () => {
  const { land, git, raw, trusted, from, to } = await ready()
  const switching = { before: () => raw('checkout', '--quiet', 'work') }
  expect((await land(around(git, 'merge', switching))).kind).not.toBe('landed')
  expect(await branchHead(git, trusted, 'work')).toBe(to)
  expect(await branchHead(git, trusted, 'main')).toBe(from)
  await raw('checkout', '--quiet', 'main')
  expect(await land(around(git, 'merge', { after: switching.before }))).toEqual({ kind: 'landed' })
  expect([await branchHead(git, trusted, 'work'), await branchHead(git, trusted, 'main')]).toEqual([to, to])
})

/** A session at `from`, whose work landed as `to` on `main`. */
async function landed() {
  const repository = await createRepository()
  const { git, trusted, around: outside, rawIn, commit, oid, raw } = repository
  const path = join(outside, 'w', 'login')
  await addWorktree(git, trusted, { path, branch: 'sluice/login', from: await oid('HEAD') })
  await writeFile(join(path, 's.txt'), 's\n')
  await rawIn(path, 'add', '--all')
  await rawIn(path, 'commit', '--quiet', '-m', 'work')
  const from = await oid('sluice/login')
  await commit('other', { 'o.txt': 'o\n' })
  const to = await commit('work, landed', { 's.txt': 's\n' })
  await raw('checkout', '--quiet', '--detach')
  const there = { path, trusted: true }
  const follow = (by: Git) => followLanding(by, there, { session: 'login', branch: 'sluice/login', from, to })
  return { ...repository, there, from, to, follow, kept: `refs/sluice/landed/login/${from.slice(0, 12)}` }
}

test('a branch that was made in the session’s worktree just before it follows is put back', async () => {
  const { follow, git, there, rawIn, trusted, from } = await landed()
  const result = await follow(around(git, 'reset', { before: () => rawIn(there.path, 'checkout', '--quiet', '-b', 'mine') }))
  expect(result).toEqual({ kind: 'left', message: expect.stringMatching(/“mine”.*put back/u) })
  expect(await status(git, there)).toEqual({ head: from, branch: 'mine', changes: [] })
  expect(await branchHead(git, trusted, 'sluice/login')).toBe(from)
})

test('another branch is put back even when the session’s own is where it should be', async () => {
  const { follow, git, there, rawIn, raw, trusted, from, to } = await landed()
  const racing = around(git, 'reset', {
    before: async () => {
      await rawIn(there.path, 'checkout', '--quiet', '-b', 'mine')
      await raw('branch', '--quiet', '--force', 'sluice/login', to)
    },
  })
  expect(await follow(racing)).toEqual({ kind: 'left', message: expect.stringContaining('“mine”') })
  expect(await headOf(git, there)).toBe(from)
  expect(await branchHead(git, trusted, 'mine')).toBe(from)
})

test('a switch to the target right after following does not take the landing back', async () => {
  const { follow, kept, git, there, rawIn, trusted, to } = await landed()
  const switching = around(git, 'reset', { after: () => rawIn(there.path, 'checkout', '--quiet', 'main') })
  expect(await follow(switching)).toEqual({ kind: 'followed', kept })
  expect(await branchHead(git, trusted, 'main')).toBe(to)
  expect(await branchHead(git, trusted, 'sluice/login')).toBe(to)
  expect(await currentBranch(git, there)).toBe('main')
})

test('a session that commits right after following has followed', async () => {
  const { follow, kept, git, there, rawIn } = await landed()
  const busy = around(git, 'reset', { after: () => rawIn(there.path, 'commit', '--quiet', '--allow-empty', '-m', 'next') })
  expect(await follow(busy)).toEqual({ kind: 'followed', kept })
  expect(await rawIn(there.path, 'log', '-1', '--format=%s')).toBe('next')
})
