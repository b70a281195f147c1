/** Makes a worktree, or leaves nothing behind. Never reuses a folder or a branch that is there already. */

import { readdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fail, ok, type Result } from '../../shared/result.ts'
import { removeEmptyFolder } from '../kit/remove-folder.ts'
import { type Command, command } from './argv.ts'
import { type Checkout, writeFiles } from './checkout.ts'
import { asFailed, reasonIn } from './failure.ts'
import { clearHalfMade } from './half-made.ts'
import { branchRef, type Oid, parseAbsolutePath, parseBranchName, parseRef, type Ref } from './names.ts'
import { exists } from './places.ts'
import { currentBranch, headOf, refHead } from './refs.ts'
import type { Git } from './run.ts'
import { makeRoom } from './worktree-room.ts'
import { LOCK_REASON, worktreeAt } from './worktrees.ts'

export type AddFailure = 'bad-name' | 'branch-exists' | 'folder-exists' | 'read-only' | 'git-failed'

type Place = {
  readonly path: string
  /** Where things go when git fails half way: as for `discardWorktree`; left out, the folder above `path`. */
  readonly root?: string
  readonly trash?: string
}

/**
 * Makes a locked worktree at `path` on a new branch that starts at `from`. On failure there is neither folder nor branch
 * nor registration; one lane per repository is the caller's duty (git's own locking lets parallel additions fail).
 */
export async function addWorktree(
  git: Git,
  checkout: Checkout,
  { branch, from, ...place }: Place & { readonly branch: string; readonly from: Oid },
): Promise<Result<void, AddFailure>> {
  const name = parseBranchName(branch)
  const ref = branchRef(branch)
  if (name === null || ref === null)
    return fail('bad-name', `Git does not allow a branch called “${branch}”; choose another name.`)
  const taken = await takenBy(git, checkout, ref)
  if (taken === ref)
    return fail('branch-exists', `The branch “${branch}” exists already; choose another name, or delete that branch.`)
  if (taken !== null) {
    const other = taken.slice('refs/heads/'.length)
    return fail('branch-exists', `There is a branch called “${other}”, so git cannot make “${branch}”. Rename that branch first.`)
  }
  const path = parseAbsolutePath(place.path)
  if (path === null) return fail('git-failed', `“${place.path}” is not an absolute path.`)
  const add = command(
    'worktree',
    'add',
    '--lock',
    '--reason',
    LOCK_REASON,
    '--no-track',
    '--no-guess-remote',
    '-b',
    name,
    path,
    from,
  )
  return make(git, checkout, { ...place, branch, from }, add)
}

/** The same without a branch: HEAD is detached at `commit`. */
export async function addDetachedWorktree(
  git: Git,
  checkout: Checkout,
  { commit, ...place }: Place & { readonly commit: Oid },
): Promise<Result<void, AddFailure>> {
  const path = parseAbsolutePath(place.path)
  if (path === null) return fail('git-failed', `“${place.path}” is not an absolute path.`)
  const add = command('worktree', 'add', '--lock', '--reason', LOCK_REASON, '--no-guess-remote', '--detach', path, commit)
  return make(git, checkout, { ...place, branch: null, from: commit }, add)
}

type Wanted = Place & { readonly branch: string | null; readonly from: Oid }

async function make(git: Git, checkout: Checkout, wanted: Wanted, add: Command): Promise<Result<void, AddFailure>> {
  const { path, branch, from } = wanted
  const refusal = await occupied(git, checkout, path)
  if (refusal !== null) return fail('folder-exists', refusal)
  const made = await makeRoom(dirname(path))
  if (!made.ok) return made

  const ended = await writeFiles(git, checkout, add).catch(asFailed)
  const there: Checkout = { path, trusted: checkout.trusted }
  if (ended.code === 0 && (await headOf(git, there)) === from && (await currentBranch(git, there)) === branch)
    return ok(undefined)

  const cleared = await clearHalfMade(git, checkout, { ...wanted, root: wanted.root ?? dirname(path) })
  if (made.value !== null) await removeEmpty(dirname(path), made.value)
  const left = cleared.kind === 'kept' ? ` ${cleared.message}` : ''
  return fail('git-failed', `Git could not make the worktree ${path}: ${reasonIn(ended)}${left}`)
}

/** The branch that stands in the way: the same one, or one that is a folder of the other's name. */
async function takenBy(git: Git, checkout: Checkout, ref: Ref): Promise<Ref | null> {
  const parts = ref.split('/')
  for (let length = parts.length; length >= 3; length -= 1) {
    const prefix = parseRef(parts.slice(0, length).join('/'))
    if (prefix !== null && (await refHead(git, checkout, prefix)) !== null) return prefix
  }
  return null
}

/** Why nothing can be made at that path; null when something can. */
async function occupied(git: Git, checkout: Checkout, path: string): Promise<string | null> {
  const names = await readdir(path).catch(() => null)
  if (names !== null && names.length > 0)
    return `The folder ${path} exists and is not empty; choose another name, or move that folder.`
  if (names === null && (await exists(path))) return `There is a file at ${path}; choose another name, or move that file.`
  if ((await worktreeAt(git, checkout, path)) !== null) {
    return `Git still has a worktree registered at ${path}, whose folder is gone. Run “git worktree prune” in the repository, then try again.`
  }
  return null
}

/** Takes away the folders we made, as long as they are empty. */
async function removeEmpty(from: string, upTo: string): Promise<void> {
  for (let folder = from; folder.length >= upTo.length; folder = dirname(folder)) {
    if (!(await removeEmptyFolder(folder))) return
  }
}
