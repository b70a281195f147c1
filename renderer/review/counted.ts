/** How many files the sides of a session had when they were last on show, for as long as the session is as it was then. */

import type { DiffOf, PlainSide } from '../../shared/model/diff.ts'
import type { Session } from '../../shared/model/session.ts'
import { standingOf } from './standing.ts'

type Counted = { readonly standing: string; readonly counts: Partial<Record<PlainSide, number>> }

const known = new Map<string, Counted>()
const MOST_KEPT = 50

/** What is known of the session as it is now. */
export function countedOf(session: Session): Partial<Record<PlainSide, number>> {
  const before = known.get(session.id)
  return before?.standing === standingOf(session) ? before.counts : {}
}

/** This side of it was on show. */
export function keepCount(session: Session, of: DiffOf, files: number): void {
  if (of !== 'branch' && of !== 'uncommitted') return
  const counts = { ...countedOf(session), [of]: files }
  known.delete(session.id)
  known.set(session.id, { standing: standingOf(session), counts })
  const oldest = known.keys().next().value
  if (known.size > MOST_KEPT && oldest !== undefined) known.delete(oldest)
}
