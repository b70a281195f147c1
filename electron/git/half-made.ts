/** Clears up after a `git worktree add` that was killed or failed half way. Anything that could be work is left alone. */

import { lstat, readdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { removeEmptyFolder, removeFolder } from '../kit/remove-folder.ts'
import { command } from './argv.ts'
import { type Checkout, read } from './checkout.ts'
import { type Discard, discardWorktree } from './discard.ts'
import { unexpected } from './failure.ts'
import type { Oid } from './names.ts'
import { exists, gitDirOf, realPathOf } from './places.ts'
import { branchHead, currentBranch, deleteBranch } from './refs.ts'
import { makePrivateFolder } from './private-folders.ts'
import type { Git } from './run.ts'
import { worktreeIsPristine } from './status.ts'
import { LOCK_REASON, worktreeAt } from './worktrees.ts'

export type HalfMade = Omit<Discard, 'madeByUs'> & {
  /** The branch that was to be made; null for a detached worktree. */
  readonly branch: string | null
  readonly from: Oid
  /** The branch was there before, and stays. */
  readonly keepBranch?: boolean
}

export type Cleared = { readonly kind: 'cleared' } | { readonly kind: 'kept'; readonly message: string }

/**
 * Removes folder, registration, locks and branch that an unfinished `addWorktree` of ours left, so that it can be tried
 * again. Gives `kept`, with a sentence, as soon as there is a commit or a file that `from` does not have.
 * No addition of this branch may be under way.
 */
export async function clearHalfMade(git: Git, checkout: Checkout, made: HalfMade): Promise<Cleared> {
  const { path, branch, from, keepBranch = false } = made
  const head = branch === null ? null : await branchHead(git, checkout, branch)
  if (head !== null && head !== from) return kept(`The branch “${branch}” has commits of its own; it was left as it is.`)

  const gitDir = await gitDirOf(checkout.path)
  if (gitDir !== null) await completeRegistration(gitDir.common, path)
  await removeHollow(path)
  if ((await exists(path)) && (await holdsWork(git, checkout, made))) {
    return kept(`The folder ${path} holds files that git did not put there; it was left as it is.`)
  }
  if ((await exists(path)) || (await worktreeAt(git, checkout, path)) !== null) {
    const discarded = await discardWorktree(git, checkout, { ...made, madeByUs: await submodulesWereSeen(checkout, path) })
    if (discarded.kind === 'refused') return kept(discarded.message)
    await discarded.deleted
  }
  if (gitDir !== null) await removeStubs(gitDir.common)
  if (branch === null || keepBranch) return { kind: 'cleared' }
  if (gitDir !== null) await removeStaleLock(join(gitDir.common, `refs/heads/${branch}.lock`))
  switch (head === null ? 'deleted' : await deleteBranch(git, checkout, branch, from)) {
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

/** An empty `commondir` keeps git from listing any worktree at all: writes there what git was about to. */
async function completeRegistration(common: string, path: string): Promise<void> {
  const folder = join(common, 'worktrees')
  const dotGit = join((await realPathOf(dirname(path))) ?? dirname(path), basename(path), '.git')
  for (const name of await readdir(folder).catch(() => [])) {
    const text = (file: string) => readFile(join(folder, name, file), 'utf8').catch(() => null)
    if ((await text('gitdir'))?.trimEnd() !== dotGit || (await text('commondir')) !== '') continue
    await writeFile(join(folder, name, 'commondir'), '../..\n')
  }
}

/** Takes away a folder that holds nothing, or only the `.git` file that git was about to fill. */
async function removeHollow(path: string): Promise<void> {
  const names = await readdir(path).catch(() => null)
  if (names?.length === 1 && names[0] === '.git') {
    const dotGit = await lstat(join(path, '.git'))
    if (dotGit.isFile() && dotGit.size === 0) await unlink(join(path, '.git'))
  }
  await removeEmptyFolder(path)
}

/** Registrations that do not say yet which folder they are for: git neither lists them nor, with our lock, prunes them. */
async function removeStubs(common: string): Promise<void> {
  const folder = join(common, 'worktrees')
  for (const name of await readdir(folder).catch(() => [])) {
    const stub = join(folder, name)
    const inside = await readdir(stub).catch(() => null)
    if (inside === null || !inside.every((file) => file === 'locked' || file === 'gitdir')) continue
    const [reason, place] = await Promise.all(
      ['locked', 'gitdir'].map((file) => readFile(join(stub, file), 'utf8').catch(() => '')),
    )
    if (place !== '' || !LOCK_REASON.startsWith((reason ?? '').trimEnd())) continue
    for (const file of inside) await unlink(join(stub, file)).catch(() => undefined)
    await removeEmptyFolder(stub)
  }
}

/** Git holds the lock of one ref for an instant; one that stays was left by a git that died. */
const STALE_MS = 1000

async function removeStaleLock(lock: string): Promise<void> {
  for (;;) {
    const entry = await lstat(lock).catch(() => null)
    if (entry === null || !entry.isFile()) return
    if (Date.now() - entry.mtimeMs >= STALE_MS) return unlink(lock).catch(() => undefined)
    await setTimeout(100)
  }
}

/** True when the folder could hold somebody's work: it is complete and changed, or has files that its commit does not know. */
async function holdsWork(git: Git, checkout: Checkout, { path, branch, from }: HalfMade): Promise<boolean> {
  const gitDir = await gitDirOf(path)
  if (gitDir === null) return true
  const inside: Checkout = { path, trusted: checkout.trusted }
  // Git writes the index last: where there is one, every file was put in its place.
  if (await exists(join(gitDir.own, 'index'))) {
    return (await currentBranch(git, inside)) !== branch || !(await worktreeIsPristine(git, inside))
  }
  const head = await readFile(join(gitDir.own, 'HEAD'), 'utf8').catch(() => '')
  if (head.startsWith('ref: ') && head.trim() !== `ref: refs/heads/${branch}`) return true
  return hasStrangers(git, checkout, path, from)
}

/** True when the look for work went into submodules too: git does so with an index, and in a trusted repository only. */
async function submodulesWereSeen({ trusted }: Checkout, path: string): Promise<boolean> {
  const gitDir = trusted ? await gitDirOf(path) : null
  return gitDir !== null && exists(join(gitDir.own, 'index'))
}

async function hasStrangers(git: Git, checkout: Checkout, path: string, from: Oid): Promise<boolean> {
  const folder = await makePrivateFolder('index')
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
    await removeFolder({ path: folder, root: tmpdir() })
  }
}
