/** Makes the branch and worktree of a new session, or leaves nothing behind. Sets nothing up and starts no Claude Code. */

import { join } from 'node:path'
import { addWorktree, type AddFailure } from '../git/add-worktree.ts'
import type { Checkout } from '../git/checkout.ts'
import { discardWorktree } from '../git/discard.ts'
import { dropStaleRegistration } from '../git/existing-worktree.ts'
import type { Oid, RepoPath } from '../git/names.ts'
import { deleteBranch } from '../git/refs.ts'
import type { Git } from '../git/run.ts'
import { untrackedFiles } from '../git/untracked.ts'
import { makeRoom } from '../git/worktree-room.ts'
import { unlockWorktree } from '../git/worktrees.ts'
import { removeEmptyFolder } from '../kit/remove-folder.ts'
import type { Lane } from '../kit/lane.ts'
import { fail, ok, type Result } from '../../shared/result.ts'

export type CreationFailure = AddFailure | 'setup-failed'

/** Copies the files that the user named into a new worktree; gives which they are. */
export type CopyInto = (worktree: string, signal: AbortSignal) => Promise<Result<readonly RepoPath[]>>

/** A worktree that is to be: where, on which new branch, from which commit. */
export type Wanted = { readonly path: string; readonly branch: string; readonly from: Oid }

export type Creation = {
  readonly repository: Checkout
  readonly name: string
  readonly branch: string
  /** The folder that holds all session worktrees of the repository. */
  readonly root: string
  readonly from: Oid
  readonly copyInto: CopyInto
  /** Makes it of the worktree that is kept ready: true when that was possible, and nothing was done otherwise. */
  claimWarm(wanted: Wanted): Promise<boolean>
}

/** Copies the files that setup may need. What git does not ignore would be committed, and land with the session's work. */
async function prepare(git: Git, creation: Creation, path: string, signal: AbortSignal): Promise<Result<void, 'setup-failed'>> {
  const copied = await creation.copyInto(path, signal)
  if (!copied.ok) return fail('setup-failed', `${copied.failure.message} Nothing was created.`)
  const wanted = new Set(copied.value)
  const seen = wanted.size === 0 ? [] : await untrackedFiles(git, { ...creation.repository, path })
  const open = seen.find((file) => wanted.has(file))
  if (open === undefined) return ok(undefined)
  return fail(
    'setup-failed',
    `“${open}” was not copied: git does not ignore it in the new worktree, so the session would commit it. Name it in .gitignore and commit that, or take it out of the setting “copy” or of .worktreeinclude, then try again. Nothing was created.`,
  )
}

/**
 * Takes what to create; gives the worktree's path. On any failure there is no branch and no worktree of this name
 * that was not there before.
 */
export async function createWorktree(
  git: Git,
  lane: Lane,
  creation: Creation,
  signal: AbortSignal,
): Promise<Result<string, CreationFailure>> {
  const { repository, name, branch, root, from } = creation
  const path = join(root, name)
  const rooted = await makeRoom(root)
  if (!rooted.ok) return rooted
  const forgetRoot = async (): Promise<void> => {
    if (rooted.value !== null) await removeEmptyFolder(root)
  }
  const added = await lane.run(repository.path, async () => {
    await dropStaleRegistration(git, repository, path)
    if (await creation.claimWarm({ path, branch, from })) return ok(undefined)
    return addWorktree(git, repository, { path, branch, from, root })
  })
  if (!added.ok) {
    await forgetRoot()
    return added
  }
  let done = false
  try {
    const ready = await prepare(git, creation, path, signal)
    done = ready.ok
    return ready.ok ? ok(path) : ready
  } finally {
    if (!done) {
      await undoWorktree(git, lane, creation, path)
      await forgetRoot()
    }
  }
}

/** Takes back a worktree that was created moments ago and that no session has worked in. */
export async function undoWorktree(git: Git, lane: Lane, creation: Creation, path: string): Promise<void> {
  const { repository, root, branch, from } = creation
  await lane.run(repository.path, async () => {
    await unlockWorktree(git, repository, path)
    const discarded = await discardWorktree(git, repository, { path, root, madeByUs: true })
    if (discarded.kind === 'refused') throw new Error(discarded.message)
    await discarded.deleted
    await deleteBranch(git, repository, branch, from)
  })
}
