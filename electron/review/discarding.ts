/** Takes a change of a session back in its worktree, a file or one hunk of it, once a snapshot keeps what is there. */

import type { DiffOf } from '../../shared/model/diff.ts'
import { fail, ok, type Refused, type Result } from '../../shared/result.ts'
import { lookAt } from '../git/look.ts'
import type { Oid, RepoPath } from '../git/names.ts'
import type { Git } from '../git/run.ts'
import { keepLook } from '../git/snapshot.ts'
import { type Hunk, isStaged, modesIn, restoreFiles, takeBackHunk, whatIsAt } from '../git/taking-back.ts'
import { hunkIn } from './hunks.ts'
import { type Listed, listingOf, namesOf } from './listing.ts'
import type { Reviewed } from './reviewed.ts'
import { workOf } from './spans.ts'

export type Discarding = {
  readonly of: DiffOf
  readonly path: string
  /** A unified diff with one hunk; left out: the whole file. */
  readonly hunk?: string | undefined
  /** The commit that the user saw. */
  readonly head: string
  /** The name of the ref that keeps the snapshot. */
  readonly ref: string
}
export type DiscardFailure = 'no-such-work' | 'changed' | 'does-not-apply' | 'git-failed'

const SUBMODULE = '160000'

function unfitting(message: string): Refused<'does-not-apply'> {
  return fail('does-not-apply', message)
}

const submodule = (path: string): Refused<'does-not-apply'> =>
  unfitting(`“${path}” is a submodule: check out the commit that you want in it by hand.`)

const overtaken = (path: string): Refused<'does-not-apply'> =>
  unfitting(`“${path}” is another one by now, so this change cannot be taken back by itself. Look at it again.`)

/**
 * Takes back what the branch or the worktree changed: to the state of the last commit, or of the commit where the branch left the target,
 * as a change that is not committed. Gives the commit that keeps what was there. Nothing is changed where it fails.
 */
export async function discardChange(
  git: Git,
  reviewed: Reviewed,
  { of, path, hunk, head, ref }: Discarding,
): Promise<Result<Oid, DiscardFailure>> {
  if (of !== 'branch' && of !== 'uncommitted' && of !== 'unviewed')
    return fail('no-such-work', 'Look at the branch, or at what is uncommitted, to discard something.')
  const side = of === 'uncommitted' ? 'uncommitted' : 'branch'
  const { worktree, name } = reviewed
  const changed = fail('changed', `“${name}” has a new commit since you looked. Look at it, then discard what you do not want.`)
  const work = await workOf(git, reviewed)
  if (work.head !== head) return changed
  const list = await listingOf(git, reviewed, side)
  if (!list.ok) return list
  const file = list.value.value.find((one) => one.path === path)
  if (file === undefined) return unfitting(`“${path}” is not changed there any more. Show the changes again.`)
  const as = side === 'uncommitted' ? work.head : work.base

  if (file.from?.mode === SUBMODULE || file.to?.mode === SUBMODULE) return submodule(path)
  const part = hunk === undefined ? null : hunkOf(file, hunk)
  if (hunk !== undefined && part === null) return overtaken(path)
  const paths = part === null ? namesOf(file) : [file.path]
  const hindered = await hindrance(git, reviewed, { paths, as })
  if (hindered !== null) return hindered
  if (part !== null && !(await takeBackHunk(git, worktree, part, 'check'))) return overtaken(path)

  const looked = await lookAt(git, worktree)
  if (looked.kind === 'refused') return fail('git-failed', looked.message)
  const { look } = looked
  if (look.head !== work.head) return changed
  const unkept = await unkeptAmong(git, reviewed, look.files, paths)
  if (unkept !== null) return unkept
  const kept = await keepLook(git, worktree, look, ref)
  const done = await takeBack(git, reviewed, { file, part, side, as })
  return done ?? ok(kept.oid)
}

/** What is wholly new or wholly gone is one hunk. */
function hunkOf({ path, from, to }: Listed, text: string): Hunk | null {
  const lines = hunkIn(text)
  return lines === null ? null : { path, from: from?.mode ?? null, to: to?.mode ?? null, lines }
}

type Wanted = { readonly paths: readonly RepoPath[]; readonly as: Oid }

/** Why these files cannot be made what they were without touching others; null when they can. */
async function hindrance(git: Git, { worktree }: Reviewed, { paths, as }: Wanted): Promise<Refused<'does-not-apply'> | null> {
  const before = await modesIn(git, worktree, as, paths)
  for (const path of paths) {
    if (before.get(path) === SUBMODULE) return submodule(path)
    const there = await whatIsAt(worktree, path)
    if (there === 'blocked') return unfitting(`Something is in the way of “${path}”. Move it out of the worktree first.`)
    if (there === 'folder') return unfitting(`“${path}” is a folder in the worktree now. Move it away first.`)
  }
  return null
}

/** No snapshot has what git ignores: that is never overwritten, nor deleted. */
async function unkeptAmong(
  git: Git,
  { worktree }: Reviewed,
  files: Oid,
  paths: readonly RepoPath[],
): Promise<Refused<'does-not-apply'> | null> {
  const kept = await modesIn(git, worktree, files, paths)
  for (const path of paths) {
    if (kept.has(path) || (await whatIsAt(worktree, path)) === 'nothing') continue
    return unfitting(`Git ignores the “${path}” that is in the worktree, so no snapshot keeps it. Move it away first.`)
  }
  return null
}

async function takeBack(
  git: Git,
  { worktree }: Reviewed,
  {
    file,
    part,
    side,
    as,
  }: { readonly file: Listed; readonly part: Hunk | null; readonly side: 'branch' | 'uncommitted'; readonly as: Oid },
): Promise<Refused<'does-not-apply' | 'git-failed'> | null> {
  const isWhole = part === null || part.from === null || part.to === null
  if (isWhole) {
    const paths = part === null ? namesOf(file) : [file.path]
    const refusal = await restoreFiles(git, worktree, { paths, as, staged: side === 'uncommitted' })
    return refusal === null ? null : fail('git-failed', refusal)
  }
  // Looked at before: the other way round the index would show it as staged.
  const staged = side === 'uncommitted' && (await isStaged(git, worktree, file.path))
  if (!(await takeBackHunk(git, worktree, part, 'worktree'))) return overtaken(file.path)
  // Where only other lines of it are staged, they stay, and the lines do not fit.
  if (staged) await takeBackHunk(git, worktree, part, 'index')
  return null
}
