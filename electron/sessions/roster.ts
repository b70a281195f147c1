/** The records of all sessions of the open repository, and the only way to change one: by a fact that is kept first. */

import { parseName } from '../../shared/model/names.ts'
import { evolve, type SessionFact, type SessionRecord } from './facts.ts'

/** Where facts and records are kept: one transaction per call. */
export type SessionStore = {
  load(repository: string): readonly SessionRecord[]
  /** The fact, and the record that follows from it: null when there is none any more. */
  keep(repository: string, fact: SessionFact, record: SessionRecord | null): void
}

export type Roster = {
  /** The id of the repository whose sessions these are. */
  readonly repository: string
  /** In cascade order. */
  all(): readonly SessionRecord[]
  byId(id: string): SessionRecord | undefined
  byName(name: string): SessionRecord | undefined
  /** Keeps the fact and what follows from it. Throws for a fact of an unknown session: a bug. */
  apply(fact: SessionFact): void
  /** The order number that puts a new session at the right end. */
  nextOrder(): number
}

export function createRoster(store: SessionStore, repository: string): Roster {
  const records = new Map(store.load(repository).map((record) => [record.id, record]))
  return {
    repository,
    all: () => [...records.values()].toSorted((a, b) => a.order - b.order),
    byId: (id) => records.get(id),
    byName(typed) {
      const name = parseName(typed)
      return name.ok ? [...records.values()].find((record) => record.name === name.value) : undefined
    },
    apply(fact) {
      const before = records.get(fact.session) ?? null
      if (before === null && fact.kind !== 'session-started') throw new Error(`A fact of an unknown session: ${fact.kind}`)
      const record = evolve(before, fact)
      store.keep(repository, fact, record)
      if (record === null) records.delete(fact.session)
      else records.set(record.id, record)
    },
    nextOrder: () => Math.max(0, ...[...records.values()].map((record) => record.order)) + 1,
  }
}
