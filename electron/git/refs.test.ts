import { spawn } from 'node:child_process'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { branchRef, type Oid } from './names.ts'
import {
  aheadBehind, branchHead, createRef, currentBranch, deleteBranch, headOf, isAncestor, listCommits, mergeBase, moveRef, resolveCommit,
} from './refs.ts' // prettier-ignore
import { createRepository } from './testing/repository.ts'

test('HEAD is a branch, or detached, or not born yet', async () => {
  const { git, trusted, raw, oid } = await createRepository()
  expect(await currentBranch(git, trusted)).toBe('main')
  expect(await headOf(git, trusted)).toBe(await oid('HEAD'))
  await raw('checkout', '--quiet', '--detach')
  expect(await currentBranch(git, trusted)).toBeNull()
  await raw('checkout', '--quiet', '--orphan', 'new')
  expect(await currentBranch(git, trusted)).toBe('new')
  expect(await headOf(git, trusted)).toBeNull()
})

test('a typed name is a branch first, then a remote branch, a tag, a full ref, an id', async () => {
  const { git, trusted, raw, commit, oid } = await createRepository()
  const first = await oid('HEAD')
  const second = await commit('second')
  const third = await commit('third')
  await raw('branch', 'same', first)
  await raw('update-ref', 'refs/remotes/same', second)
  await raw('tag', '-a', '-m', 'x', 'same', third)
  await raw('update-ref', 'refs/remotes/origin/main', second)
  await raw('tag', '-a', '-m', 'x', 'twice', 'refs/tags/same')
  await raw('tag', 'file', `${first}:README.md`)
  const found = Object.fromEntries(
    await Promise.all(
      [
        'same',
        'origin/main',
        'refs/tags/same',
        'twice',
        'file',
        first.toUpperCase(),
        'f'.repeat(40),
        first.slice(0, 10),
        'HEAD',
        'main~1',
        '',
      ].map(async (typed) => [typed, await resolveCommit(git, trusted, typed)] as const),
    ),
  )
  expect(found).toEqual({
    same: first,
    'origin/main': second,
    'refs/tags/same': third,
    twice: third,
    file: null,
    [first.toUpperCase()]: first,
    ['f'.repeat(40)]: null,
    [first.slice(0, 10)]: null,
    HEAD: null,
    'main~1': null,
    '': null,
  })
})

test('a ref moves only from where it is known to be', async () => {
  const { git, trusted, commit, oid } = await createRepository()
  const ref = branchRef('x')!
  const first = await oid('HEAD')
  const second = await commit('second')
  expect(await createRef(git, trusted, { ref, to: first })).toBe('created')
  expect(await createRef(git, trusted, { ref, to: second })).toBe('exists')
  expect(await moveRef(git, trusted, { ref, to: first, from: second })).toBe('changed-meanwhile')
  expect(await branchHead(git, trusted, 'x')).toBe(first)
  expect(await moveRef(git, trusted, { ref, to: second, from: first })).toBe('moved')
  expect(await branchHead(git, trusted, 'x')).toBe(second)
  expect(await moveRef(git, trusted, { ref: branchRef('gone')!, to: second, from: first })).toBe('changed-meanwhile')
})

test('of many that move a ref at once exactly one does', async () => {
  const { git, trusted, commit, oid } = await createRepository()
  const ref = branchRef('x')!
  const from = await oid('HEAD')
  await createRef(git, trusted, { ref, to: from })
  const heads: Oid[] = []
  for (let index = 0; index < 8; index += 1) heads.push(await commit(`c${index}`))
  const moves = await Promise.allSettled(heads.map((to) => moveRef(git, trusted, { ref, to, from })))
  const winners = heads.filter((_, index) => moves[index]?.status === 'fulfilled' && moves[index].value === 'moved')
  expect(winners).toEqual([await branchHead(git, trusted, 'x')])
})

test('a lock that another program holds is an error with a sentence, not a lost race', async () => {
  const { git, trusted, path, commit, oid } = await createRepository()
  const from = await oid('HEAD')
  const to = await commit('second')
  await createRef(git, trusted, { ref: branchRef('x')!, to: from })
  const lock = await open(join(path, '.git/refs/heads/x.lock'), 'w')
  const holder = spawn('sleep', ['600'], { stdio: [lock.fd, 'ignore', 'ignore'] })
  onTestFinished(() => void holder.kill('SIGKILL'))
  await lock.close()
  await expect(moveRef(git, trusted, { ref: branchRef('x')!, to, from })).rejects.toThrow(/^Git could not move refs\/heads\/x: /u)
})

test('a branch is deleted only at the expected commit and when nothing uses it', async () => {
  const { git, trusted, commit, oid, raw } = await createRepository()
  const first = await oid('HEAD')
  await raw('branch', 'x')
  const second = await commit('second')
  expect(await deleteBranch(git, trusted, 'x', second)).toBe('changed-meanwhile')
  expect(await deleteBranch(git, trusted, 'main', second)).toBe('checked-out')
  expect(await branchHead(git, trusted, 'main')).toBe(second)
  expect(await deleteBranch(git, trusted, 'x', first)).toBe('deleted')
  expect(await branchHead(git, trusted, 'x')).toBeNull()
})

test('two histories are compared: ancestry, where they parted, how far apart they are', async () => {
  const { git, trusted, commit, oid, raw } = await createRepository()
  const base = await oid('HEAD')
  const a = await commit('a')
  await raw('checkout', '--quiet', '-b', 'b', base)
  await commit('b1')
  const b = await commit('b2')
  expect(await isAncestor(git, trusted, { ancestor: base, of: b })).toBe(true)
  expect(await isAncestor(git, trusted, { ancestor: a, of: b })).toBe(false)
  expect(await mergeBase(git, trusted, a, b)).toBe(base)
  expect(await aheadBehind(git, trusted, b, a)).toEqual({ ahead: 2, behind: 1 })
  await raw('checkout', '--quiet', '--orphan', 'apart')
  expect(await mergeBase(git, trusted, a, await commit('apart'))).toBeNull()
  await expect(isAncestor(git, trusted, { ancestor: 'f'.repeat(40) as Oid, of: b })).rejects.toThrow('Git could not compare')
})

test('commits are listed newest first, whatever their messages hold', async () => {
  const { git, trusted, commit, oid, raw } = await createRepository()
  const from = await oid('HEAD')
  await commit('one\n\nbody\nbody')
  await commit('zwei – größe 😀')
  await raw('config', 'log.showSignature', 'true')
  await raw('config', 'format.pretty', 'oneline')
  const to = await commit('%H --three')
  const commits = await listCommits(git, trusted, { from, to })
  expect(commits.map((each) => each.subject)).toEqual(['%H --three', 'zwei – größe 😀', 'one'])
  expect(commits[0]).toMatchObject({ oid: to, author: 'Ada', at: expect.stringMatching(/^\d{4}-.*Z$/u) })
  expect(await listCommits(git, trusted, { from, to, limit: 1 })).toHaveLength(1)
  expect(await listCommits(git, trusted, { from, to: from })).toEqual([])
})
