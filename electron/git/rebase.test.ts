import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addDetachedWorktree } from './add-worktree.ts'
import type { Oid } from './names.ts'
import { gitDirOf, operationIn } from './places.ts'
import { rebase } from './rebase.ts'
import { headOf } from './refs.ts'
import { status } from './status.ts'
import { createRepository, isThere, type TestRepository } from './testing/repository.ts'

/** `main` and `work` have parted; a private worktree stands at `work`. */
async function parted(ours: Record<string, string>, theirs: Record<string, string>) {
  const repository = await createRepository()
  const { raw, commit, oid, git, trusted, around } = repository
  await commit('base', { 'shared.txt': '1\n2\n3\n' })
  await raw('checkout', '--quiet', '-b', 'work')
  const branchHead = await commit('ours', ours)
  await raw('checkout', '--quiet', 'main')
  const onto = await commit('theirs', theirs)
  const path = join(around, 'private', 'one')
  const added = await addDetachedWorktree(git, trusted, { path, commit: branchHead })
  expect(added).toMatchObject({ ok: true })
  return { ...repository, branchHead, onto, there: { path, trusted: true }, refs: () => raw('for-each-ref'), oid }
}

async function nothingLeft(
  { git, there }: { git: TestRepository['git']; there: { path: string; trusted: boolean } },
  at: Oid,
): Promise<void> {
  expect(await status(git, there)).toEqual({ head: at, branch: null, changes: [] })
  expect(await operationIn((await gitDirOf(there.path))!)).toBeNull()
}

test('commits are replayed on the target, and no branch moves', async () => {
  const { git, there, branchHead, onto, raw, refs } = await parted({ 'a.txt': 'a\n' }, { 'b.txt': 'b\n' })
  const before = await refs()
  const result = await rebase(git, there, { branchHead, onto })
  expect(result.kind).toBe('rebased')
  const head = (await headOf(git, there))!
  expect(result).toEqual({ kind: 'rebased', head })
  expect(await raw('rev-parse', `${head}^`)).toBe(onto)
  expect(await raw('log', '-1', '--format=%an %s', head)).toBe('Ada ours')
  expect(await raw('ls-tree', '--name-only', '-r', head)).toBe('README.md\na.txt\nb.txt\nshared.txt')
  expect(await refs()).toBe(before)
  await nothingLeft({ git, there }, head)
})

test('a conflict names its files and leaves nothing behind', async () => {
  const repository = await parted(
    { 'shared.txt': 'ours\n', 'größe\n😀.txt': 'ours\n', 'fine.txt': 'x\n' },
    { 'shared.txt': 'theirs\n', 'größe\n😀.txt': 'theirs\n' },
  )
  const { git, there, branchHead, onto, refs } = repository
  const before = await refs()
  const result = await rebase(git, there, { branchHead, onto })
  expect(result).toEqual({ kind: 'conflicts', files: ['größe\n😀.txt', 'shared.txt'] })
  await nothingLeft(repository, branchHead)
  expect(await refs()).toBe(before)
})

test('a conflict of a deleted and of a renamed file is a conflict', async () => {
  const repository = await parted({ 'shared.txt': 'ours\n' }, {})
  const { git, there, branchHead, raw, commit } = repository
  await raw('rm', '--quiet', 'shared.txt')
  const onto = await commit('deleted')
  expect(await rebase(git, there, { branchHead, onto })).toEqual({ kind: 'conflicts', files: ['shared.txt'] })
  await nothingLeft(repository, branchHead)
})

test('nothing is left when the target has it all: by history, by content, by both', async () => {
  const same = await parted({ 'a.txt': 'a\n' }, { 'a.txt': 'a\n' })
  expect(await rebase(same.git, same.there, { branchHead: same.branchHead, onto: same.onto })).toEqual({ kind: 'empty' })

  const within = await parted({ 'a.txt': 'a\n' }, { 'b.txt': 'b\n' })
  const base = await within.oid('main~1')
  expect(await rebase(within.git, within.there, { branchHead: base, onto: within.onto })).toEqual({ kind: 'empty' })

  await within.raw('cherry-pick', within.branchHead)
  expect(await rebase(within.git, within.there, { branchHead: within.branchHead, onto: await within.oid('main') })).toEqual({
    kind: 'empty',
  })

  const hollow = await createRepository()
  const onto = await hollow.oid('HEAD')
  const branchHead = await hollow.commit('nothing in it')
  await hollow.raw('branch', 'work')
  await hollow.raw('reset', '--quiet', '--hard', onto)
  const path = join(hollow.around, 'p', 'one')
  await addDetachedWorktree(hollow.git, hollow.trusted, { path, commit: branchHead })
  expect(await rebase(hollow.git, { path, trusted: true }, { branchHead, onto })).toEqual({ kind: 'empty' })
})

test('a branch that stands on the target already is taken as it is, merges and all', async () => {
  const { git, there, raw, commit, oid } = await parted({ 'a.txt': 'a\n' }, { 'b.txt': 'b\n' })
  await raw('checkout', '--quiet', 'work')
  await raw('merge', '--quiet', '--no-edit', 'main')
  const branchHead = await commit('more', { 'c.txt': 'c\n' })
  expect(await rebase(git, there, { branchHead, onto: await oid('main') })).toEqual({ kind: 'up-to-date', head: branchHead })
  expect(await headOf(git, there)).toBe(branchHead)
})

test('a merge inside the branch is flattened', async () => {
  const { git, there, raw, commit, onto } = await parted({ 'a.txt': 'a\n' }, { 'b.txt': 'b\n' })
  await raw('checkout', '--quiet', '-b', 'side', 'work~1')
  await commit('side', { 'side.txt': 's\n' })
  await raw('checkout', '--quiet', 'work')
  await raw('merge', '--quiet', '--no-edit', 'side')
  const result = await rebase(git, there, { branchHead: await commit('top', { 'top.txt': 't\n' }), onto })
  expect(result.kind).toBe('rebased')
  expect(await raw('rev-list', '--merges', '--count', `${onto}..${await headOf(git, there)}`)).toBe('0')
})

test('settings of the user neither break a rebase nor make it move other branches', async () => {
  const { git, there, branchHead, onto, raw, refs, around, commit } = await parted({ 'a.txt': 'fixup! x\n' }, { 'b.txt': 'b\n' })
  await raw('checkout', '--quiet', 'work')
  await raw('branch', 'in-between')
  const top = await commit('fixup! ours\n\nexec touch pwn', { 'c.txt': 'c\n' })
  await raw('checkout', '--quiet', 'main')
  const odd = {
    'rebase.autoStash': 'true', 'rebase.updateRefs': 'true', 'rebase.autoSquash': 'true', 'rebase.rebaseMerges': 'true', 'rebase.missingCommitsCheck': 'error',
    'rebase.instructionFormat': '%s%n%b', 'rebase.backend': 'apply', 'rebase.stat': 'true', 'rebase.forkPoint': 'true', 'commit.gpgSign': 'true',
    'gpg.program': 'false', 'rerere.enabled': 'true', 'rerere.autoUpdate': 'true', 'core.editor': 'false', 'sequence.editor': 'false', 'commit.verbose': 'true',
    'commit.cleanup': 'scissors', 'core.commentChar': 'o', 'merge.conflictStyle': 'diff3', 'advice.skippedCherryPicks': 'true', 'core.abbrev': '4',
    'merge.ff': 'only', 'pull.rebase': 'merges', 'submodule.recurse': 'true', 'gc.auto': '1', 'rebase.abbreviateCommands': 'true', 'core.autocrlf': 'input',
  } // prettier-ignore
  for (const [key, value] of Object.entries(odd)) await raw('config', key, value)
  const before = await refs()
  const result = await rebase(git, there, { branchHead: top, onto })
  expect(result.kind).toBe('rebased')
  const head = (await headOf(git, there))!
  expect(await raw('rev-list', '--count', `${onto}..${head}`)).toBe('2')
  expect(await raw('log', '-1', '--format=%B', head)).toBe('fixup! ours\n\nexec touch pwn\n')
  expect(await refs()).toBe(before)
  expect(isThere(join(there.path, 'pwn'))).toBe(false)
  expect(await raw('stash', 'list')).toBe('')
  expect(branchHead).not.toBe(top)
  expect(around).toBeTruthy()
})

test('a hook that says no is a failure with its words, and nothing is left behind', async () => {
  const repository = await parted({ 'a.txt': 'a\n' }, { 'b.txt': 'b\n' })
  const { git, there, branchHead, onto, path } = repository
  await mkdir(join(path, '.git/hooks'), { recursive: true })
  await writeFile(join(path, '.git/hooks/pre-rebase'), '#!/bin/sh\necho "not on a Friday" >&2\nexit 1\n')
  await chmod(join(path, '.git/hooks/pre-rebase'), 0o755)
  expect(await rebase(git, there, { branchHead, onto })).toEqual({
    kind: 'failed',
    message: expect.stringContaining('not on a Friday'),
  })
  await nothingLeft(repository, branchHead)
})

test('a checkout with a branch or with changes is never rebased', async () => {
  const { git, there, trusted, branchHead, onto } = await parted({ 'a.txt': 'a\n' }, { 'b.txt': 'b\n' })
  expect(await rebase(git, trusted, { branchHead, onto })).toMatchObject({
    kind: 'failed',
    message: expect.stringContaining('a branch is checked out'),
  })
  expect(await headOf(git, trusted)).toBe(onto)
  await writeFile(join(there.path, 'new.txt'), 'n\n')
  expect(await rebase(git, there, { branchHead, onto })).toMatchObject({
    kind: 'failed',
    message: expect.stringContaining('has changes'),
  })
  expect(isThere(join(there.path, 'new.txt'))).toBe(true)
})
