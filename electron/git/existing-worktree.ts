/** Worktrees for branches that are there already: making one again, following one that was moved. Makes and moves no branch. */

import { readdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fail, ok, type Result } from '../../shared/result.ts'
import { command } from './argv.ts'
import { type Checkout, write, writeFiles } from './checkout.ts'
import { asFailed, reasonIn, unexpected } from './failure.ts'
import { clearHalfMade } from './half-made.ts'
import { parseAbsolutePath, parseBranchName } from './names.ts'
import { exists } from './places.ts'
import { branchHead } from './refs.ts'
import { branchIn, movedBeside, placeOf, registrationIn, registrationsOf } from './registrations.ts'
import type { Git } from './run.ts'
import { lockWorktree, LOCK_REASON, unlockWorktree } from './worktrees.ts'

/**
 * Lets git forget the worktree that it has at a path whose folder is gone. Gives true when nothing stands there now. Leaves one
 * that somebody else locked, that was moved beside its place, or whose HEAD is on no branch: its commits may be nowhere else.
 */
export async function dropStaleRegistration(git: Git, checkout: Checkout, path: string): Promise<boolean> {
  const place = await placeOf(path)
  const registration = (await registrationsOf(checkout)).find((one) => one.path === place)
  if (registration === undefined) return true
  if (await exists(path)) return false
  const { locked } = registration
  if ((locked !== null && locked !== LOCK_REASON) || branchIn(registration) === null) return false
  if ((await movedBeside(registration)) !== null) return false
  if (locked !== null) await unlockWorktree(git, checkout, path)
  const at = parseAbsolutePath(place)
  const ended = at === null ? null : await write(git, checkout, command('worktree', 'remove', at)).catch(asFailed)
  if (ended?.code === 0) return true
  if (locked !== null) await lockWorktree(git, checkout, path).catch(() => undefined)
  return false
}

/** Makes a locked worktree at `path` on a branch that is there. Without success nothing of it is left. */
export async function remakeWorktree(
  git: Git,
  checkout: Checkout,
  { path, branch }: { readonly path: string; readonly branch: string },
): Promise<Result<void, 'folder-exists' | 'git-failed'>> {
  const [name, at] = [parseBranchName(branch), parseAbsolutePath(path)]
  if (name === null || at === null) return fail('git-failed', `Git cannot check out “${branch}” at ${path}.`)
  const names = await readdir(path).catch(() => null)
  if (names === null ? await exists(path) : names.length > 0)
    return fail('folder-exists', `Something is at ${path} by now. Move it away, then try again.`)
  if (!(await dropStaleRegistration(git, checkout, path)))
    return fail(
      'git-failed',
      `Git still has a worktree registered at ${path} that Sluice may not take away. Remove it with “git worktree remove”, then try again.`,
    )
  const head = await branchHead(git, checkout, branch)
  const add = command('worktree', 'add', '--lock', '--reason', LOCK_REASON, at, name)
  const ended = await writeFiles(git, checkout, add).catch(asFailed)
  const made = ended.code === 0 ? await registrationIn(path) : null
  if (made !== null && branchIn(made) === branch) return ok(undefined)
  if (head !== null) await clearHalfMade(git, checkout, { path, branch, from: head, root: dirname(path), keepBranch: true })
  return fail('git-failed', `Git could not make the worktree ${path}: ${reasonIn(ended)}`)
}

/** Tells git where a worktree is now that was moved by hand. */
export async function followMoved(git: Git, checkout: Checkout, path: string): Promise<void> {
  const at = parseAbsolutePath(path)
  if (at === null) return
  const ended = await write(git, checkout, command('worktree', 'repair', at))
  if (ended.code !== 0) throw unexpected(`find the worktree ${path} again`, ended)
}
