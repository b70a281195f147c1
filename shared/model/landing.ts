/**
 * What a session must be before its work can be approved and land, and the sentence for what it is not. The queue and the readiness
 * list both ask here, so that they never disagree. Pure.
 */

import type { Config } from './config.ts'
import type { Session } from './session.ts'

export type Candidate = Pick<Session, 'name' | 'worktree' | 'problem' | 'dirty' | 'ahead'> & {
  readonly archived: boolean
  /** It is being archived or restored. */
  readonly moving: boolean
}

export type Unfit = { readonly code: 'worktree-missing' | 'dirty' | 'empty'; readonly message: string }

/** Everything that keeps it from being approved or queued as it is now; what is said first stands first. */
export function unfit({ name, worktree, archived, moving, problem, dirty, ahead }: Candidate): readonly Unfit[] {
  if (archived) {
    const message = `“${name}” is archived. Restore it first (“sluice session restore ${name}”).`
    return [{ code: 'worktree-missing', message }]
  }
  if (moving) {
    const message = `“${name}” is being archived or restored. Try again when that is done.`
    return [{ code: 'worktree-missing', message }]
  }
  const wrong: Unfit[] = []
  if (problem !== undefined) wrong.push({ code: 'worktree-missing', message: problem })
  if (dirty) {
    const message = `“${name}” has uncommitted changes. Have the session commit them, or commit or discard them in ${worktree}.`
    wrong.push({ code: 'dirty', message })
  }
  if (ahead === 0) {
    const message = `“${name}” has no commit that the target lacks, so there is nothing to review or land yet.`
    wrong.push({ code: 'empty', message })
  }
  return wrong
}

/** True when the user's approval of this very commit is asked for and is not there. */
export function lacksApproval({ requireApproval }: Pick<Config, 'requireApproval'>, isApproved: boolean): boolean {
  return requireApproval && !isApproved
}

export const UNTRUSTED_CHECKS = 'This repository is not trusted, so its checks may not run. Trust it first.'
