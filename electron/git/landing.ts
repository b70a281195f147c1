/** Moves the target to a checked commit, and a session's worktree after it. Only fast-forward, only from where it is known to be. */

import { withoutHandoff } from '../../shared/model/handoff.ts'
import { command, limitedTo } from './argv.ts'
import { goBack, originalHead, takeBack, tellAstray } from './astray.ts'
import { type Checkout, writeFiles } from './checkout.ts'
import { collisions } from './collisions.ts'
import { GitError, lastWords } from './failure.ts'
import { takeBackEarlierMove, takeBackMove } from './half-landed.ts'
import { branchRef, type Oid, parseRef, type RepoPath, short } from './names.ts'
import { createRef, currentBranch, headOf, isAncestor, moveRef, refHead, refValues } from './refs.ts'
import type { Git } from './run.ts'
import { type Status, status } from './status.ts'
import { type BranchUse, usesOfBranch } from './worktrees.ts'

export type Advance =
  | { readonly kind: 'landed' }
  /** The branch is not at `from` any more, or is gone. */
  | { readonly kind: 'moved'; readonly head: Oid | null }
  /** Files in the checkout at `path` that the landing would touch are changed or new there. Nothing was moved. */
  | { readonly kind: 'dirty'; readonly path: string; readonly files: readonly RepoPath[] }
  /** A move that was stopped halfway left the checkout at `path` so; `files` are somebody's, so nothing was taken back. */
  | { readonly kind: 'half-moved'; readonly path: string; readonly files: readonly RepoPath[] }
  | { readonly kind: 'refused'; readonly message: string }

type Move = { readonly branch: string; readonly from: Oid; readonly to: Oid }

/**
 * Moves a branch forward from `from` to `to`. Where it is checked out, files move with it, unless one of them is in use there;
 * changes elsewhere in that checkout stay as they are.
 */
export async function advanceTarget(git: Git, checkout: Checkout, { branch, from, to }: Move): Promise<Advance> {
  const ref = branchRef(branch)
  const value = ref === null ? undefined : (await refValues(git, checkout, [ref])).get(ref)
  if (ref === null || value === undefined) return { kind: 'moved', head: null }
  if (value.aliasOf !== null)
    return refused(`“${branch}” is only another name for ${value.aliasOf}; choose that branch as the target.`)
  if (value.oid !== from) return { kind: 'moved', head: value.oid }
  if (!(await isAncestor(git, checkout, { ancestor: from, of: to }))) {
    return refused(`${short(to)} does not stand on “${branch}” (${short(from)}), so “${branch}” cannot move forward to it.`)
  }
  const uses = await usesOfBranch(git, checkout, branch)
  const [use] = uses
  if (use !== undefined) return inCheckout(git, checkout, uses, { branch, from, to })
  const moved = await moveRef(git, checkout, { ref, to, from })
  return moved === 'moved' ? { kind: 'landed' } : { kind: 'moved', head: await refHead(git, checkout, ref) }
}

function refused(message: string): Advance {
  return { kind: 'refused', message }
}

async function inCheckout(git: Git, checkout: Checkout, uses: readonly BranchUse[], move: Move): Promise<Advance> {
  const { branch, from, to } = move
  const problem = obstacle(uses, branch)
  if (problem !== null) return refused(problem)
  const path = uses[0]!.path
  const there: Checkout = { path, trusted: checkout.trusted }
  const found = await lookTwice(git, there, move)
  if (found !== null) return found

  const merge = command(
    'merge',
    '--ff-only',
    '--no-squash',
    '--commit',
    '--no-edit',
    '--no-autostash',
    '--no-overwrite-ignore',
    '--no-verify-signatures',
    '--no-stat',
    '--quiet',
    to,
  )
  const ended = await writeFiles(git, there, merge).catch(stopped)
  const ref = branchRef(branch)
  const head = ref === null ? null : await refHead(git, checkout, ref)
  // A hook of the user's, or the user, may have committed on top already.
  if (head !== null && (head === to || (head !== from && (await isAncestor(git, checkout, { ancestor: to, of: head })))))
    return { kind: 'landed' }
  // Git moves whatever is checked out by the time it looks.
  const astray = ended instanceof GitError || ended.code === 0 ? await takeBack(git, there, { meant: branch, to }) : null
  if (astray !== null) return refused(`“${branch}” did not move: ${tellAstray(astray, path)}. Retry.`)
  // Whatever it did before it ended; the look said that these files are nobody's.
  const taken = head === from ? await takeBackMove(git, there, move, ended instanceof GitError) : null
  if (taken?.kind === 'mixed') return { kind: 'half-moved', path, files: taken.files }
  if (ended instanceof GitError) throw ended
  if (head !== from) return { kind: 'moved', head }
  // Something came between the look and the merge; a second look names it.
  return (await look(git, there, move)) ?? refused(`Git did not move “${branch}” in ${path}: ${lastWords(ended.stderr)}`)
}

/** A merge that was stopped may have moved the branch before, and waited in a hook. */
function stopped(error: unknown): GitError {
  if (error instanceof GitError && (error.kind === 'stopped' || error.kind === 'crashed')) return error
  throw error
}

/** Why the checkouts that use the branch cannot be moved at all; null when there is one, and it can. */
function obstacle(uses: readonly BranchUse[], branch: string): string | null {
  const unfinished = uses.find(({ by }) => by === 'unfinished')
  if (unfinished !== undefined)
    return `A rebase or bisect of “${branch}” is unfinished in ${unfinished.path}. Finish or abort it, then retry.`
  const missing = uses.find(({ missing }) => missing)
  if (missing !== undefined) {
    return `“${branch}” is checked out in ${missing.path}, which is gone. Run “git worktree prune” in the repository, then retry.`
  }
  const [first, second] = uses
  if (first !== undefined && second !== undefined) {
    return `“${branch}” is checked out twice, in ${first.path} and ${second.path}. Check out another branch in one of them, then retry.`
  }
  return null
}

/** The same as `look`, after what an earlier landing that was cut off left there is taken back. */
async function lookTwice(git: Git, there: Checkout, move: Move): Promise<Advance | null> {
  const found = await look(git, there, move)
  if (found?.kind !== 'dirty') return found
  const taken = await takeBackEarlierMove(git, there, move)
  if (taken.kind === 'mixed') return { kind: 'half-moved', path: there.path, files: taken.files }
  return taken.kind === 'taken-back' ? look(git, there, move) : found
}

/** What keeps this checkout from moving; null when nothing does. */
async function look(git: Git, there: Checkout, { branch, from, to }: Move): Promise<Advance | null> {
  const now = await status(git, there)
  if (now.branch !== branch || now.head !== from) return { kind: 'moved', head: now.head }
  const files = await collisions(git, there, { from, to, status: now })
  if (files.length > 0) return { kind: 'dirty', path: there.path, files }
  if (now.operation !== undefined)
    return refused(`A ${now.operation} is unfinished in ${there.path}. Finish or abort it, then retry.`)
  return null
}

export type Followed =
  { readonly kind: 'followed'; readonly kept: string | null } | { readonly kind: 'left'; readonly message: string }

/**
 * Moves a clean session worktree and its branch from the old head to what landed. The old head is kept first, under
 * `refs/sluice/landed/<session>/<first digits>`; `kept` names that ref (null when the
 * session's own commit landed, and nothing had to move). Anything unexpected leaves the worktree as it is.
 */
export async function followLanding(
  git: Git,
  worktree: Checkout,
  { session, branch, from, to }: Move & { readonly session: string },
): Promise<Followed> {
  const ref = branchRef(branch)
  const keep = parseRef(`refs/sluice/landed/${session}/${short(from)}`)
  if (ref === null || keep === null) return left(branch, worktree, 'its name cannot be that of a branch')
  const before = await status(git, worktree)
  const why = reasonToStay(before, { branch, from })
  if (why !== null) return left(branch, worktree, why)
  if (from === to) return { kind: 'followed', kept: null }
  const [collision] = await collisions(git, worktree, { from, to, status: before })
  if (collision !== undefined) return left(branch, worktree, `“${collision}” is in the way`)

  if ((await createRef(git, worktree, { ref: keep, to: from })) === 'exists' && (await refHead(git, worktree, keep)) !== from) {
    return left(branch, worktree, `${keep} is taken`)
  }
  const ended = await writeFiles(git, worktree, limitedTo(command('reset', '--quiet', '--keep', to), [])).catch(stopped)
  if ((ended instanceof GitError || ended.code !== 0) && (await headOf(git, worktree)) !== to) {
    await takeBackMove(git, worktree, { branch, from, to }, ended instanceof GitError)
    return left(branch, worktree, ended instanceof GitError ? 'git was stopped on its way' : lastWords(ended.stderr))
  }
  return verify(git, worktree, { branch, from, to, keep })
}

function reasonToStay({ branch, head, changes, operation }: Status, wanted: { branch: string; from: Oid }): string | null {
  if (branch !== wanted.branch) return branch === null ? 'no branch is checked out there' : `“${branch}” is checked out there`
  if (head !== wanted.from) return 'it has new commits'
  if (operation !== undefined) return `a ${operation} is unfinished there`
  return withoutHandoff(changes).length > 0 ? 'it has changes that are not committed' : null
}

/**
 * The reset moved whatever was checked out by then. A commit made between the look and the move, or another branch, is where
 * `ORIG_HEAD` says; the worktree then goes back to it.
 */
async function verify(
  git: Git,
  worktree: Checkout,
  { branch, from, to, keep }: { branch: string; from: Oid; to: Oid; keep: string },
): Promise<Followed> {
  const astray = await takeBack(git, worktree, { meant: branch, to })
  if (astray !== null) return left(branch, worktree, tellAstray(astray, 'it'))
  const overtaken = await originalHead(git, worktree)
  const ref = branchRef(branch)
  const ours = ref === null ? null : await refHead(git, worktree, ref)
  const follows = ours !== null && (ours === to || (await isAncestor(git, worktree, { ancestor: to, of: ours })))
  if (follows && overtaken === from) return { kind: 'followed', kept: keep }
  const [now, head] = [await currentBranch(git, worktree), await headOf(git, worktree)]
  if (now !== branch)
    return left(branch, worktree, now === null ? 'no branch is checked out there' : `“${now}” is checked out there`)
  if (head !== to || overtaken === null || overtaken === to) return left(branch, worktree, 'it has new commits')
  if (await goBack(git, worktree, overtaken)) return left(branch, worktree, 'it has new commits')
  const way = `“git reset --keep ${short(overtaken)}” there brings them back`
  return { kind: 'left', message: `“${branch}” landed, but its worktree ${worktree.path} moved past new commits: ${way}.` }
}

function left(branch: string, worktree: Checkout, why: string): Followed {
  return { kind: 'left', message: `“${branch}” landed, but its worktree ${worktree.path} was left where it was: ${why}.` }
}
