/** What of a session's work can be on show, in words, and which of it is all that is to be decided on. Pure. */

import type { DiffOf } from '../../shared/model/diff.ts'
import type { Commit } from '../../shared/model/review.ts'
import type { Session } from '../../shared/model/session.ts'
import { shortOid } from '../state/format.ts'

/** The commit that a side is about; null for any other. */
export function commitIn(of: DiffOf): string | null {
  return of.startsWith('commit:') ? of.slice('commit:'.length) : null
}

/** The session, by id, that a side compares with; null for any other. */
export function otherIn(of: DiffOf): string | null {
  return of.startsWith('against:') ? of.slice('against:'.length) : null
}

type Named = Pick<Session, 'id' | 'name'>

/** The name of a side, short enough for a button. */
export function sideWords(of: DiffOf, sessions: readonly Named[]): string {
  switch (of) {
    case 'branch':
      return 'Branch'
    case 'uncommitted':
      return 'Uncommitted'
    case 'unviewed':
      return 'Not viewed yet'
    case 'looked':
      return 'Since you looked'
  }
  const oid = commitIn(of)
  if (oid !== null) return `Commit ${shortOid(oid)}`
  const other = sessions.find(({ id }) => id === otherIn(of))
  return other === undefined ? 'Against another session' : `Against ${other.name}`
}

/** Why nothing is on show, in a title and a sentence; null for the sides that have more to say. */
export function emptyWords(of: DiffOf, sessions: readonly Named[]): { readonly title: string; readonly text: string } | null {
  if (of === 'branch' || of === 'uncommitted') return null
  if (of === 'unviewed')
    return { title: 'Everything is viewed', text: 'A file shows here again when its change becomes another one.' }
  if (of === 'looked') return { title: 'Nothing came since you looked', text: 'What the session commits from now on shows here.' }
  if (commitIn(of) !== null) return { title: 'An empty commit', text: 'It changes no file.' }
  return { title: 'No difference', text: `${sideWords(of, sessions)}: both changed the same files in the same way.` }
}

/** True for the sides that show all that the user has not seen yet: what is decided there is decided on the whole work. */
export function showsAllThatIsNew(of: DiffOf): boolean {
  return of === 'branch' || of === 'unviewed' || of === 'looked'
}

/** The commit after, or before, the one on show; from any other side the first, or the last. Null where there is none. Takes them oldest first. */
export function commitAlong(commits: readonly Pick<Commit, 'oid'>[], of: DiffOf, step: 1 | -1): DiffOf | null {
  const at = commits.findIndex(({ oid }) => oid === commitIn(of))
  const next = at === -1 ? (step === 1 ? commits[0] : commits.at(-1)) : commits[at + step]
  return next === undefined ? null : `commit:${next.oid}`
}
