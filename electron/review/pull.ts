/** A pull request in place of a local landing: what there is for one, and opening it. Only `openPull` pushes, to the remote that the user named. */

import type { PullLook } from '../../shared/model/review.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Checkout } from '../git/checkout.ts'
import { branchRef, type Oid } from '../git/names.ts'
import { push, remotesOf } from '../git/remotes.ts'
import type { Git } from '../git/run.ts'
import { createForge, headOf } from './forge.ts'
import { pullWords, type Told } from './pull-words.ts'

export type Work = {
  readonly name: string
  readonly worktree: Checkout
  readonly branch: string
  readonly head: Oid
  /** How many commits the target lacks. */
  readonly ahead: number
  readonly target: string
  /** The user's own. */
  readonly env: Readonly<Record<string, string>>
  /** Ends what is under way. */
  readonly signal?: AbortSignal
}

const UNTRUSTED = 'This repository is not trusted, so nothing of it may run. Trust it first.'
const NO_REMOTE = 'The repository has no remote to push to. Add one (“git remote add origin ADDRESS”), then try again.'

/** What a pull request of the work would take. Pushes nothing, fetches nothing. */
export async function lookAtPull(git: Git, work: Work, said: Told): Promise<PullLook> {
  const remotes = await remotesOf(git, work.worktree)
  const missing = await missingFor(work, remotes.length)
  const [remote] = remotes
  const open = missing !== null || remote === undefined ? null : await forgeOf(work).opened(headOf(work.branch, remote, remotes))
  return { remotes, branch: work.branch, ...pullWords(said), missing, open }
}

const forgeOf = ({ worktree, env, signal }: Work) => createForge(worktree.path, env, signal)

async function missingFor(work: Work, remotes: number): Promise<string | null> {
  const { worktree, name, ahead } = work
  if (!worktree.trusted) return UNTRUSTED
  if (ahead === 0) return `“${name}” has no commit that the target lacks, so there is nothing to open a pull request for.`
  return remotes === 0 ? NO_REMOTE : forgeOf(work).missing()
}

export type Wanted = { readonly remote: string; readonly title: string; readonly body: string; readonly draft: boolean }
export type PullFailure = 'untrusted' | 'not-ready' | 'push-failed' | 'pull-failed'

/** Pushes the branch as the user saw it, never by force, and opens a pull request; where one is open, gives that. */
export async function openPull(
  git: Git,
  work: Work,
  { remote: named, ...words }: Wanted,
): Promise<Result<{ readonly url: string }, PullFailure>> {
  const { worktree, branch, head: commit, target } = work
  if (!worktree.trusted) return fail('untrusted', UNTRUSTED)
  const remotes = await remotesOf(git, worktree)
  const missing = await missingFor(work, remotes.length)
  if (missing !== null) return fail('not-ready', missing)
  const remote = remotes.find(({ name }) => name === named)
  const to = branchRef(branch)
  if (remote === undefined) return fail('not-ready', `There is no remote “${named}” any more. Choose another one.`)
  if (to === null) throw new Error('A session is on no branch.')
  const done = await push(git, worktree, { remote: remote.name, commit, to }, work.signal)
  if (done.kind === 'refused') return fail('push-failed', `${done.message}\nNo pull request was opened.`)
  const forge = forgeOf(work)
  const head = headOf(branch, remote, remotes)
  const known = await forge.opened(head)
  if (known !== null) return ok({ url: known })
  const opened = await forge.open({ ...words, head, base: target })
  if (opened.kind === 'opened') return ok({ url: opened.url })
  return fail('pull-failed', `“${branch}” was pushed to ${remote.name}, but ${opened.message}`)
}
