/** The commits of a session's work, as their authors described them. */

import type { Summary } from '../../shared/model/review.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { commitMessages } from '../git/commit-messages.ts'
import type { Checkout } from '../git/checkout.ts'
import { attempt } from '../git/failure.ts'
import type { Oid } from '../git/names.ts'
import type { Git } from '../git/run.ts'

/** Nobody reads more of them one by one. */
const MOST_COMMITS = 500

/** The commits that the head has and the target lacks, oldest first; of many the newest, and how many came before. */
export async function commitsOf(
  git: Git,
  repository: Checkout,
  { head, target }: { readonly head: Oid; readonly target: Oid },
): Promise<Result<Pick<Summary, 'commits' | 'earlier'>, 'git-failed'>> {
  const done = await attempt(() => commitMessages(git, repository, { from: target, to: head, limit: MOST_COMMITS }))
  if (!done.ok) return fail('git-failed', done.failure.message)
  const { commits, all } = done.value
  const earlier = all - commits.length
  return ok({ commits: commits.toReversed(), ...(earlier > 0 ? { earlier } : {}) })
}
