/** Clears up after a `git worktree add` that was killed or failed half way. Anything that could be work is left alone. */

import { mkdtemp, readdir, rm, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { command } from './argv.ts'
import { type Checkout, read } from './checkout.ts'
import { type Discard, discardWorktree } from './discard.ts'
import { unexpected } from './failure.ts'
import type { Oid } from './names.ts'
import { exists, gitDirOf } from './places.ts'
import { branchHead, currentBranch, deleteBranch } from './refs.ts'
import type { Git } from './run.ts'
import { worktreeIsPristine } from './status.ts'
import { worktreeAt } from './worktrees.ts'

export type HalfMade = Discard & {
  /** The branch that was to be made; null for a detached worktree. */
  readonly branch: string | null
  readonly from: Oid
}

export type Cleared = { readonly kind: 'cleared' } | { readonly kind: 'kept'; readonly message: string }

/**
 * Removes folder, registration, locks and branch that an unfinished `addWorktree` of ours left, so that it can be tried
 * again. Gives `kept`, with a sentence, as soon as there is a commit or a file that `from` does not have.
 */
export async function clearHalfMade(git: Git, checkout: Checkout, made: HalfMade): Promise<Cleared> {
  const { path, branch, from } = made
  const head = branch === null ? null : await branchHead(git, checkout, branch)
  if (head !== null && head !== from) return kept(`The branch “${branch}” has commits of its own; it was left as it is.`)

  const empty = await isEmptyFolder(path)
  if (empty) await rmdir(path).catch(() => undefined)
  else if (await exists(path)) {
    if (await holdsWork(git, checkout, made))
      return kept(`The folder ${path} holds files that git did not put there; it was left as it is.`)
  }
  if ((await exists(path)) || (await worktreeAt(git, checkout, path)) !== null) {
    const discarded = await discardWorktree(git, checkout, made)
    if (discarded.kind === 'refused') return kept(discarded.message)
    await discarded.deleted
  }
  if (branch === null || head === null) return { kind: 'cleared' }
  switch (await deleteBranch(git, checkout, branch, from)) {
    case 'deleted':
      return { kind: 'cleared' }
    case 'checked-out':
      return kept(`The branch “${branch}” is checked out elsewhere; it was left as it is.`)
    case 'changed-meanwhile':
      return kept(`The branch “${branch}” was moved meanwhile; it was left as it is.`)
  }
}

function kept(message: string): Cleared {
  return { kind: 'kept', message }
}

async function isEmptyFolder(path: string): Promise<boolean> {
  return readdir(path).then(
    (names) => names.length === 0,
    () => false,
  )
}

/** True when the folder could hold somebody's work: it is complete and changed, or has files that its commit does not know. */
async function holdsWork(git: Git, checkout: Checkout, { path, branch, from }: HalfMade): Promise<boolean> {
  const gitDir = await gitDirOf(path)
  if (gitDir === null) return true
  const inside: Checkout = { path, trusted: checkout.trusted }
  if (await exists(join(gitDir.own, 'HEAD'))) {
    if ((await currentBranch(git, inside)) !== branch) return true
    // Git writes the index last: where there is one, every file was put in its place.
    if (await exists(join(gitDir.own, 'index'))) return !(await worktreeIsPristine(git, inside))
  }
  return hasStrangers(git, checkout, path, from)
}

async function hasStrangers(git: Git, checkout: Checkout, path: string, from: Oid): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-index-'))
  try {
    // The main checkout's settings, the other folder's files: a registration without HEAD is no repository to git.
    const gitDir = await gitDirOf(checkout.path)
    const env = {
      GIT_INDEX_FILE: join(folder, 'index'),
      GIT_WORK_TREE: path,
      ...(gitDir === null ? {} : { GIT_DIR: gitDir.own }),
    }
    const filled = await read(git, checkout, command('-c', 'core.splitIndex=false', 'read-tree', from), { env })
    if (filled.code !== 0) throw unexpected('read a commit', filled)
    const there: Checkout = { path, trusted: checkout.trusted }
    const listed = await read(git, there, command('ls-files', '--others', '--exclude-standard', '-z'), { env })
    if (listed.code !== 0) throw unexpected(`list the files in ${path}`, listed)
    return listed.stdout.length > 0
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
