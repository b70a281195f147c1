/** When a session's work can be approved and landed, and why not, in a sentence. Pure; the House decides again. */

import type { DiffOf } from '../../shared/model/diff.ts'
import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import { isLanded, isStuck, onItsWay } from '../state/standing.ts'
import { showsAllThatIsNew } from './sides.ts'

/** Why the commit on show cannot be approved; null when it can. */
export function approveRefusal(session: Session, entry: Entry | null): string | null {
  if (session.research) return 'A research session changes nothing. Fork it to go on in a worktree of its own.'
  if (session.problem !== undefined) return session.problem
  if (isLanded(session, entry)) return 'Everything this session committed has landed.'
  if (session.dirty) return 'Commit or discard the uncommitted changes first.'
  if (session.ahead === 0) return 'There is nothing to approve: this session has no commits of its own yet.'
  return null
}

/** Why nobody can decide while this side of it is on show; null when it can be decided on. `side`: null while no diff is. */
export function unseenRefusal({ approved }: Pick<Session, 'approved'>, side: DiffOf | null): string | null {
  if (side === null) return 'Its diff is not on show yet; nobody decides on what nobody saw.'
  return showsAllThatIsNew(side) || approved
    ? null
    : 'Choose “Branch” first: the whole branch is approved, and nobody decides on what nobody saw.'
}

export type Place = { readonly trusted: boolean; readonly target: string }

/** Why it cannot be put into the landing queue; null when it can. */
export function landRefusal(session: Session, entry: Entry | null, { trusted, target }: Place): string | null {
  if (onItsWay(entry)) return 'This session is in the queue already.'
  if (session.research) return approveRefusal(session, entry)
  if (!trusted) return 'Trust this repository first: landing runs its checks.'
  if (isStuck(session, entry)) {
    return `It conflicts with ${target} as it is; ask the session to resolve that in the queue, then review the new commit.`
  }
  return approveRefusal(session, entry)
}

/** What pressing the primary button does, in its own words: landing approves first what is not approved yet. */
export function landWord(session: Session, entry: Entry | null): 'Land' | 'Approve and land' {
  return session.approved || onItsWay(entry) || isLanded(session, entry) ? 'Land' : 'Approve and land'
}
