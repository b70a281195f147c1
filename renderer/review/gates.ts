/** When a session's work can be approved and landed, and why not, in a sentence. Pure; the House decides again. */

import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import { isLanded, onItsWay } from '../state/standing.ts'

/** Why the commit on show cannot be approved; null when it can. */
export function approveRefusal(session: Session, entry: Entry | null): string | null {
  if (session.problem !== undefined) return session.problem
  if (isLanded(session, entry)) return 'Everything this session committed has landed.'
  if (session.dirty) return 'Commit or discard the uncommitted changes first.'
  if (session.ahead === 0) return 'There is nothing to approve: this session has no commits of its own yet.'
  return null
}

/** Why it cannot be put into the landing queue; null when it can. */
export function landRefusal(session: Session, entry: Entry | null, trusted: boolean): string | null {
  if (onItsWay(entry)) return 'This session is in the queue already.'
  if (!trusted) return 'Trust this repository first: landing runs its checks.'
  return approveRefusal(session, entry)
}
