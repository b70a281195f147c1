/** The reviews of the sessions of one repository, kept before they are believed. Knows no git and no session beyond its id. */

import { createEmitter } from '../kit/emitter.ts'
import { NO_REVIEW, type ReviewFact, type ReviewRecord } from './record.ts'

export type ReviewStore = {
  load(session: string): ReviewRecord | null
  /** Keeps the document, and the fact that it follows from where the history should tell it; or throws and keeps nothing. */
  keep(session: string, after: ReviewRecord, fact: ReviewFact | null): void
}

export type Reviews = {
  of(session: string): ReviewRecord
  /** Keeps what `edit` makes of it; nothing where that is the same. */
  change(session: string, edit: (before: ReviewRecord) => ReviewRecord, fact?: ReviewFact): void
  /** The session is gone, and its review with it. */
  forget(session: string): void
  /** Hears the id of each session whose review is another one now. */
  onChange(listener: (session: string) => void): () => void
}

export function createReviews(store: ReviewStore): Reviews {
  const known = new Map<string, ReviewRecord>()
  const changes = createEmitter<string>()

  function of(session: string): ReviewRecord {
    const record = known.get(session) ?? store.load(session) ?? NO_REVIEW
    known.set(session, record)
    return record
  }

  return {
    of,
    change(session, edit, fact) {
      const before = of(session)
      const after = edit(before)
      if (after === before && fact === undefined) return
      store.keep(session, after, fact ?? null)
      known.set(session, after)
      changes.emit(session)
    },
    forget: (session) => void known.delete(session),
    onChange: (listener) => changes.on(listener),
  }
}
