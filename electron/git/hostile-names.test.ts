import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addWorktree } from './add-worktree.ts'
import { diffPatch } from './diff-patch.ts'
import { discardWorktree } from './discard.ts'
import { attempt } from './failure.ts'
import { clearHalfMade } from './half-made.ts'
import { advanceTarget, followLanding } from './landing.ts'
import { branchRef, type Oid, parseBranchName } from './names.ts'
import { rebase } from './rebase.ts'
import { branchHead, createRef, currentBranch, deleteBranch, moveRef, resolveCommit } from './refs.ts'
import { createGit } from './run.ts'
import { status } from './status.ts'
import { createRepository, filesBelow, type TestRepository } from './testing/repository.ts'
import { branchCheckedOutAt, listWorktrees } from './worktrees.ts'

const NAMES = [
  '-f', '--output=pwn', '--exec=touch pwn', '-', '--', '--upload-pack=touch pwn', '@{-1}', '@', 'HEAD', '--end-of-options', '-cfoo=bar',
  'feat/;touch pwn', 'feat/;rm', '`touch pwn`', '$(touch$IFS"pwn")', '$(x)', "it's", '"quoted"', 'emoji-😀', 'x'.repeat(240), 'Twin', 'twin',
  'x.lock', 'a..b', 'dot.', '.dot', 'CON', 'a b', 'a\nb', 'a\tb', 'refs/heads/main', 'main~1', 'main^{/x}', ':/x', '*', '[a]', 'a\\b', '', '/', '../../pwn',
  '%00', '%s%n', '\ud800', 'é', '日本', 'a|b', 'a&b', '>pwn', '<README.md', '!x', '#x', '~', '{a,b}', '-/-', '--force', '-B', '-D', 'main', 'sluice/x',
] // prettier-ignore

/** A git that notes what it is given. */
function watched(): { readonly git: ReturnType<typeof createGit>; readonly seen: string[][] } {
  const seen: string[][] = []
  const git = createGit({
    env: process.env,
    spawn(file, args, options) {
      seen.push([...args])
      return spawn(file, args, options)
    },
  })
  return { git, seen }
}

type Answers = { readonly created: readonly unknown[]; readonly moved: unknown; readonly last: unknown }

/** Every verb that takes a name from outside; gives what some of them said. */
async function everyVerb(git: ReturnType<typeof createGit>, repository: TestRepository, name: string): Promise<Answers> {
  const { trusted, around } = repository
  const [from, to] = [await repository.oid('main'), await repository.oid('later')]
  const root = join(around, 'worktrees')
  const path = join(root, 'session')
  const there = { path, trusted: true }
  await resolveCommit(git, trusted, name)
  await branchHead(git, trusted, name)
  await branchCheckedOutAt(git, trusted, name)
  const added = await addWorktree(git, trusted, { path, branch: name, from })
  const created = added.ok
    ? [await currentBranch(git, there), (await status(git, there)).branch, await resolveCommit(git, trusted, name)]
    : [added.failure.code]
  await clearHalfMade(git, trusted, { path, branch: name === 'main' ? null : name, from, root })
  await discardWorktree(git, trusted, { path, root })
  await advanceTarget(git, trusted, { branch: name, from: to, to: from })
  let moved: unknown = null
  if (name !== 'main') {
    await followLanding(git, trusted, { session: name, branch: name, from, to })
    const ref = branchRef(name)
    if (ref !== null) {
      await createRef(git, trusted, { ref, to: from })
      await moveRef(git, trusted, { ref, to, from })
      moved = await branchHead(git, trusted, name)
    }
    await deleteBranch(git, trusted, name, to)
  }
  const last = await branchHead(git, trusted, name)
  await attempt(() => diffPatch(git, trusted, { from, to, paths: [name], maxBytes: 1000 }))
  await attempt(() => diffPatch(git, trusted, { from, to: 'worktree', paths: [name], maxBytes: 1000 }))
  return { created, moved, last }
}

/** A name is refused with its reason, or means exactly itself. */
function expected(name: string, from: Oid, to: Oid): Answers {
  if (name === 'main') return { created: ['branch-exists'], moved: null, last: from }
  const created = parseBranchName(name) === null ? ['bad-name'] : [name, name, from]
  return { created, moved: branchRef(name) === null ? null : to, last: null }
}

async function landable(): Promise<TestRepository> {
  const repository = await createRepository()
  await repository.raw('checkout', '--quiet', '-b', 'later')
  await repository.commit('later', { 'later.txt': 'later\n' })
  await repository.raw('checkout', '--quiet', 'main')
  return repository
}

test('no name, whatever it is, becomes an option, a file or a command', async () => {
  const usual = watched()
  await everyVerb(usual.git, await landable(), 'usual')
  const options = new Set(usual.seen.flat().filter((arg) => arg.startsWith('-')))
  expect(options.size).toBeGreaterThan(20)
  // Git is asked these only when something stood in the way.
  for (const option of ['--abort', '--unmerged', '--others', '--exclude-standard']) options.add(option)

  const repository = await landable()
  const before = filesBelow(repository.around)
  for (const name of NAMES) {
    const { git, seen } = watched()
    const answers = await everyVerb(git, repository, name)
    expect([name, answers]).toEqual([name, expected(name, await repository.oid('main'), await repository.oid('later'))])
    for (const args of seen) {
      const end = args.indexOf('--')
      const strange = args.slice(0, end === -1 ? undefined : end).filter((arg) => arg.startsWith('-') && !options.has(arg))
      expect([name, strange]).toEqual([name, []])
    }
    expect([name, filesBelow(repository.around).filter((file) => file !== 'worktrees')]).toEqual([name, before])
  }
  expect(await repository.raw('for-each-ref', '--format=%(refname)')).toBe('refs/heads/later\nrefs/heads/main')
})

test('refs with hostile names are listed and read, and never stand bare in a command', async () => {
  const repository = await landable()
  const { raw, trusted, around, oid } = repository
  const head = await oid('main')
  const hostile = ['--output=pwn', '-f', '--exec=x', 'refs/heads/ghost', 'HEAD', '@{-1}x'.replace('@{', '@'), '(detached)']
  for (const name of hostile) await raw('update-ref', `refs/heads/${name}`, head)
  await raw('update-ref', 'refs/tags/--output=tag', head)
  await raw('update-ref', 'refs/remotes/origin/-f', head)
  await raw('symbolic-ref', 'HEAD', 'refs/heads/--output=pwn')
  const before = filesBelow(around)
  const { git, seen } = watched()

  expect(await currentBranch(git, trusted)).toBe('--output=pwn')
  expect((await listWorktrees(git, trusted))[0]?.branch).toBe('--output=pwn')
  expect(await branchCheckedOutAt(git, trusted, '--output=pwn')).toBe(repository.path)
  for (const name of hostile) expect(await branchHead(git, trusted, name)).toBe(head)
  expect(await resolveCommit(git, trusted, '--output=tag')).toBe(head)
  expect(await resolveCommit(git, trusted, 'origin/-f')).toBe(head)
  const later = await oid('later')
  expect(await advanceTarget(git, trusted, { branch: '--output=pwn', from: head, to: later })).toEqual({ kind: 'landed' })
  expect(await branchHead(git, trusted, '--output=pwn')).toBe(later)
  expect(await rebase(git, trusted, { branchHead: later, onto: head })).toMatchObject({ kind: 'failed' })

  const bare = new Set([...hostile, '--output=tag', 'origin/-f'])
  expect(seen.flat().filter((arg) => bare.has(arg) && arg !== 'HEAD')).toEqual([])
  expect(filesBelow(around).filter((file) => !before.includes(file))).toEqual(['shop/later.txt'])
})

test('a branch that is called “(detached)” is not taken for a detached HEAD', async () => {
  const { git, trusted, raw } = await createRepository()
  await raw('symbolic-ref', 'HEAD', 'refs/heads/(detached)')
  expect((await status(git, trusted)).branch).toBe('(detached)')
  await raw('checkout', '--quiet', '--orphan', 'other')
  await raw('commit', '--quiet', '-m', 'x')
  await raw('checkout', '--quiet', '--detach')
  expect((await status(git, trusted)).branch).toBeNull()
})

test('git’s own guessing of ref names is never used', async () => {
  const { git, trusted, raw } = await createRepository()
  await raw('update-ref', 'refs/heads/refs/heads/ghost', 'HEAD')
  await raw('update-ref', 'refs/tags/only-a-tag', 'HEAD')
  expect(await branchHead(git, trusted, 'ghost')).toBeNull()
  expect(await branchHead(git, trusted, 'only-a-tag')).toBeNull()
})
