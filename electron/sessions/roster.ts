/** The records of all sessions of the open repository, and the only way to change one: by a fact that is kept first. */

import { evolve, type SessionFact, type SessionRecord } from './facts.ts'
import { sessionCalled } from './naming.ts'

/** A fact, and the record that follows from it: null when there is none any more. */
export type Consequence = { readonly fact: SessionFact; readonly record: SessionRecord | null }

/** Where facts and records are kept: one transaction per call. */
export type SessionStore = {
  load(repository: string): readonly SessionRecord[]
  keep(repository: string, consequences: readonly Consequence[]): void
}

export type Roster = {
  /** The id of the repository whose sessions these are. */
  readonly repository: string
  /** In cascade order. */
  all(): readonly SessionRecord[]
  byId(id: string): SessionRecord | undefined
  /** The session of a name as a user may type it, of an id, or of a name that it had last. */
  byName(name: string): SessionRecord | undefined
  /** Keeps the facts, at most one a session, and what follows from them: all or none. Throws for a fact of an unknown session: a bug. */
  apply(...facts: readonly SessionFact[]): void
  /** The order number that puts a new session at the right end. */
  nextOrder(): number
}

export function createRoster(store: SessionStore, repository: string): Roster {
  const records = new Map(store.load(repository).map((record) => [record.id, record]))
  const all = (): readonly SessionRecord[] => [...records.values()].toSorted((a, b) => a.order - b.order)
  return {
    repository,
    all,
    byId: (id) => records.get(id),
    byName: (typed) => sessionCalled(all(), typed),
    apply(...facts) {
      const consequences = facts.map((fact) => {
        const before = records.get(fact.session) ?? null
        if (before === null && fact.kind !== 'session-started') throw new Error(`A fact of an unknown session: ${fact.kind}`)
        return { fact, record: evolve(before, fact) }
      })
      store.keep(repository, consequences)
      for (const { fact, record } of consequences) {
        if (record === null) records.delete(fact.session)
        else records.set(record.id, record)
      }
    },
    nextOrder: () => Math.max(0, ...[...records.values()].map((record) => record.order)) + 1,
  }
}
