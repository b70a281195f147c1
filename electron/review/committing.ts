/** Commits what a session left uncommitted, as the user. Knows when that must not be; git's part is in `git/committing.ts`. */

import { HANDOFF_FILE } from '../../shared/model/handoff.ts'
import type { SessionState } from '../../shared/model/session.ts'
import { fail, ok, type Refused, type Result } from '../../shared/result.ts'
import type { Checkout } from '../git/checkout.ts'
import { commitAll } from '../git/committing.ts'
import { type Oid, parseRepoPath } from '../git/names.ts'
import { isAncestor } from '../git/refs.ts'
import type { Git } from '../git/run.ts'

/** In these a turn is under way, or may go on by itself: files change under the user's hands. */
const AT_WORK: ReadonlySet<SessionState> = new Set(['starting', 'working', 'needs-permission', 'asks', 'background'])

/** Why the user keeps out of its files now; null when nothing of it is under way. `doing`: as in “before you commit”. */
export function whyBusy(
  { name, state }: { readonly name: string; readonly state: SessionState },
  doing: string,
): Refused<'busy'> | null {
  if (!AT_WORK.has(state)) return null
  return fail('busy', `“${name}” is in the middle of a turn. Wait until it has ended, or interrupt it, before you ${doing}.`)
}

export type Committing = {
  readonly name: string
  readonly branch: string
  readonly worktree: Checkout
  readonly target: Oid | null
  /** What the user saw. */
  readonly from: Oid
  readonly message: string
  readonly amend: boolean
}
export type CommitFailure = 'untrusted' | 'no-target' | 'changed' | 'nothing-to-commit' | 'git-failed'

/** Gives the new head. */
export async function commitWork(
  git: Git,
  { name, branch, worktree, target, from, message, amend }: Committing,
): Promise<Result<Oid, CommitFailure>> {
  const leaveOut = parseRepoPath(HANDOFF_FILE)
  if (leaveOut === null) throw new Error('The name of the note is no path.')
  if (!worktree.trusted) return fail('untrusted', 'This repository is not trusted, so its hooks may not run. Trust it first.')
  if (amend) {
    if (target === null) return fail('no-target', 'There is no target branch. Choose one in the settings.')
    if (await isAncestor(git, worktree, { ancestor: from, of: target }))
      return fail(
        'nothing-to-commit',
        `The last commit of “${name}” is one of the target, which is not changed from here. Make a commit of its own.`,
      )
  }
  const done = await commitAll(git, worktree, { branch, from, message, amend: amend ? name : null, leaveOut })
  switch (done.kind) {
    case 'committed':
      return ok(done.head)
    case 'nothing':
      return fail('nothing-to-commit', `Everything of “${name}” is committed. Amend the last commit to give it another message.`)
    case 'moved':
      return fail('changed', `“${name}” has moved on since you looked. Look at it, then commit.`)
    case 'refused':
      return fail('git-failed', done.message)
  }
}
