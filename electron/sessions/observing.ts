/** What git says of a session's worktree and branch, and what is wrong with them. Looks once; knows not when. */

import type { Checkout } from '../git/checkout.ts'
import { changedFiles, type ChangedFile } from '../git/diff.ts'
import { GitError } from '../git/failure.ts'
import type { Oid } from '../git/names.ts'
import { branchHead } from '../git/refs.ts'
import type { Git } from '../git/run.ts'
import { standing, type Standing, standingOnTop } from '../git/standing.ts'
import { status as statusOf, type WorktreeChange } from '../git/status.ts'
import { HANDOFF_FILE, isOwnHandoff, withoutHandoff } from '../../shared/model/handoff.ts'
import { noteIn } from './handoff/note-file.ts'
import type { Work } from './view.ts'
import { aboutEmptySubmodules, emptySubmodules } from './worktrees/submodules.ts'
import { whereaboutsOf, type Whereabouts } from './worktrees/whereabouts.ts'

/** `repository` is the main checkout: it still knows the branch when the worktree is gone. */
export type Observed = {
  readonly repository: Checkout
  readonly worktree: Checkout
  readonly branch: string
  readonly target: Oid | null
}

/** Takes where the worktree is and which branch is checked out there; gives what is wrong, and what can be done. */
export function whatIsWrong(
  where: Whereabouts,
  { path, branch, now }: { readonly path: string; readonly branch: string; readonly now: string | null },
): Pick<Work, 'problem' | 'repair'> {
  switch (where.kind) {
    case 'there':
      return now === branch ? {} : { problem: `Its worktree is on ${now} instead of ${branch}. Switch it back to go on.` }
    case 'no-worktree':
      return {
        problem: `The folder ${path} is no worktree of this repository any more; what was committed is on ${branch}. Move that folder away, then make the worktree again from its branch.`,
      }
    case 'gone': {
      const missing = `Its worktree ${path} is missing`
      if (where.movedTo !== null)
        return { problem: `${missing}: it was moved to ${where.movedTo}. Move it back, or go on there.`, repair: 'adopt' }
      if (where.branchAt !== null)
        return {
          problem: `${missing}, and ${branch} is checked out in ${where.branchAt}. Switch that to another branch to go on.`,
        }
      return {
        problem: `${missing}; its commits are on ${branch}. Move it back there, or make it again from its branch.`,
        repair: 'recreate',
      }
    }
  }
}

/** What a look found, in so far as the next one can go on from it. */
export type Memory = {
  /** How the branch stood to the target when both were there. */
  stood: { readonly head: Oid; readonly target: Oid; readonly standing: Standing } | null
  /** What was changed, of a worktree that is in its place and on its branch. */
  seen: {
    readonly head: Oid
    readonly target: Oid
    readonly base: Oid
    readonly changes: readonly WorktreeChange[]
    readonly files: readonly ChangedFile[]
  } | null
}

/**
 * Takes a worktree, its branch and the target's head; gives what the user should know of it. Three git processes at most, but for
 * a branch or a target that was moved elsewhere beside files that are not tracked: four.
 */
export async function observe(
  git: Git,
  last: Work,
  observed: Observed,
  memory: Memory = { stood: null, seen: null },
): Promise<Work> {
  try {
    return await observeOnce(git, last, observed, memory)
  } catch (error) {
    // Taken away between two of git's processes, or git ended from outside: that too is something to see, and no fault.
    const { repository, worktree, branch } = observed
    const stopped = error instanceof GitError && error.kind === 'stopped'
    if (!stopped && (await whereaboutsOf(repository, worktree.path, branch)).kind === 'there') throw error
    return observeOnce(git, last, observed, memory)
  }
}

async function observeOnce(
  git: Git,
  { repair: _repair, handoff: _handoff, unfilled: _unfilled, problem: _problem, ...last }: Work,
  { repository, worktree, branch, target }: Observed,
  memory: Memory,
): Promise<Work> {
  memory.seen = null
  if (target === null) {
    return {
      ...last,
      problem: 'The target branch does not exist, so there is nothing to compare with. Choose another one in the settings.',
    }
  }
  const where = await whereaboutsOf(repository, worktree.path, branch)
  const status = where.kind === 'there' ? await statusOf(git, worktree) : null
  const onBranch = status?.branch === branch
  const head = onBranch && status.head !== null ? status.head : await branchHead(git, repository, branch)
  if (head === null)
    return { ...last, problem: `Its branch ${branch} is missing. Create it again at one of its commits to go on.` }
  const wrong = whatIsWrong(where, { path: worktree.path, branch, now: status === null ? null : (status.branch ?? 'no branch') })
  const { base, ahead, behind } = await standingNow(git, repository, { head, target }, memory)
  const changes = status?.changes ?? []
  const untracked = changes.filter(({ kind }) => kind === 'untracked').map(({ path }) => path)
  const all =
    base === null
      ? []
      : await changedFiles(
          git,
          onBranch ? worktree : repository,
          onBranch ? { from: base, to: 'worktree', untracked } : { from: base, to: head },
        )
  const note = status === null ? 'none' : await noteIn(git, worktree, changes)
  const unfilled = where.kind === 'there' ? aboutEmptySubmodules(await emptySubmodules(repository.path, worktree.path)) : null
  if (onBranch && base !== null) memory.seen = { head, target, base, changes, files: all }
  return {
    head,
    ahead,
    behind,
    ...sizeOf(changes, all),
    ...(note === 'own' ? { handoff: true } : {}),
    ...(unfilled === null ? {} : { unfilled }),
    ...wrong,
  }
}

async function standingNow(git: Git, repository: Checkout, at: { head: Oid; target: Oid }, memory: Memory): Promise<Standing> {
  const { stood } = memory
  if (stood !== null && stood.head === at.head && stood.target === at.target) return stood.standing
  const onTop = stood?.target === at.target ? await standingOnTop(repository, at.head, stood) : null
  const now = onTop ?? (await standing(git, repository, at.head, at.target))
  memory.stood = { ...at, standing: now }
  return now
}

/** How large the work is, without a note of its own. */
export function sizeOf(
  changes: readonly WorktreeChange[],
  all: readonly ChangedFile[],
): Pick<Work, 'dirty' | 'files' | 'insertions' | 'deletions'> {
  const files = changes.some(isOwnHandoff) ? all.filter(({ path }) => path !== HANDOFF_FILE) : all
  return {
    dirty: withoutHandoff(changes).length > 0,
    files: files.length,
    insertions: files.reduce((sum, file) => sum + file.insertions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
  }
}
