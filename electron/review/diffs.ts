/** What a session changed: against the target's merge base, or against its own last commit. */

import type { Answer } from '../../shared/contract.ts'
import type { DiffOf } from '../../shared/model/diff.ts'
import { fail, ok, type Refused } from '../../shared/result.ts'
import type { Checkout } from '../git/checkout.ts'
import { diffFiles, diffPatch, type DiffSpan } from '../git/diff.ts'
import { attempt } from '../git/failure.ts'
import type { Oid } from '../git/names.ts'
import { branchHead, mergeBase } from '../git/refs.ts'
import type { Git } from '../git/run.ts'

/** A unified diff larger than this is cut where a file ends, and says so: it is one message, and turning it into JSON holds up every keystroke. */
const MAX_PATCH_BYTES = 4 * 1024 * 1024

export type Reviewed = { readonly worktree: Checkout; readonly branch: string; readonly target: Oid | null }

async function spanOf(git: Git, { worktree, branch, target }: Reviewed, of: DiffOf): Promise<DiffSpan & { head: Oid }> {
  const head = await branchHead(git, worktree, branch)
  if (head === null) throw new Error(`The branch ${branch} is missing.`)
  if (of === 'uncommitted') return { from: head, to: 'worktree', head }
  const base = target === null ? null : await mergeBase(git, worktree, target, head)
  return { from: base ?? head, to: head, head }
}

function missing(reviewed: Reviewed): Refused<'worktree-missing'> {
  return fail('worktree-missing', `The worktree ${reviewed.worktree.path} is missing. Move it back there to see its changes.`)
}

/** The changed files with their counts. */
export async function listChanges(git: Git, reviewed: Reviewed, of: DiffOf): Promise<Answer<'diff.files'>> {
  const done = await attempt(async () => {
    const span = await spanOf(git, reviewed, of)
    return { base: span.from, head: span.head, files: await diffFiles(git, reviewed.worktree, span) }
  })
  if (done.ok) return ok(done.value)
  return done.failure.code === 'worktree-missing' ? missing(reviewed) : fail('git-failed', done.failure.message)
}

/** The unified diff of the named files, or of all. */
export async function readPatch(
  git: Git,
  reviewed: Reviewed,
  of: DiffOf,
  paths: readonly string[] | undefined,
): Promise<Answer<'diff.patch'>> {
  const done = await attempt(async () => {
    const span = await spanOf(git, reviewed, of)
    const { from, to, head } = span
    const patch = await diffPatch(git, reviewed.worktree, {
      from,
      to,
      maxBytes: MAX_PATCH_BYTES,
      ...(paths === undefined ? {} : { paths }),
    })
    return { ...patch, head }
  })
  if (done.ok) return ok(done.value)
  return done.failure.code === 'worktree-missing' ? missing(reviewed) : fail('git-failed', done.failure.message)
}
