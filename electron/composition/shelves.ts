/** Binds the store to what its owners keep in it: which document follows from which fact. One transaction per fact. */

import { config } from '../../shared/model/config.ts'
import { settings } from '../../shared/model/settings.ts'
import { EMPTY_QUEUE, queue } from '../queue/facts.ts'
import type { QueueStore } from '../queue/queue.ts'
import type { RepositoryStore } from '../repository/repositories.ts'
import { reviewRecord } from '../review/record.ts'
import type { ReviewStore } from '../review/reviews.ts'
import { sessionRecord } from '../sessions/facts.ts'
import type { SessionStore } from '../sessions/roster.ts'
import type { SettingsStore } from '../settings/settings.ts'
import type { Fact } from '../store/events.ts'
import type { Store } from '../store/store.ts'

/** Takes a fact of the domain; gives the row of the history: session and repository are columns, the rest is its body. */
function rowOf(
  fact: { readonly kind: string; readonly session?: string; readonly repository?: string },
  repository: string,
): Fact {
  const { kind, session, repository: _repository, ...body } = fact
  return { kind, repository, body, ...(session === undefined ? {} : { session }) }
}

export function sessionStore(store: Store): SessionStore {
  const shelf = store.tables.sessions.of(sessionRecord)
  const reviews = store.tables.reviews.of(reviewRecord)
  return {
    load: (repository) => shelf.list(repository),
    keep(repository, consequences) {
      store.record(
        consequences.map(({ fact }) => rowOf(fact, repository)),
        () => {
          for (const { fact, record } of consequences) {
            if (record === null) {
              reviews.remove(fact.session)
              shelf.remove(fact.session)
            } else shelf.put(record.id, repository, record)
          }
        },
      )
    },
  }
}

export function reviewStore(store: Store, repository: string): ReviewStore {
  const shelf = store.tables.reviews.of(reviewRecord)
  return {
    load: (session) => shelf.get(session),
    keep(session, after, fact) {
      store.record(fact === null ? [] : [rowOf(fact, repository)], () => shelf.put(session, after))
    },
  }
}

export function queueStore(store: Store, repository: string): QueueStore {
  const shelf = store.tables.queue.of(queue)
  return {
    load: () => shelf.get(repository) ?? EMPTY_QUEUE,
    keep(facts, after) {
      store.record(
        facts.map((fact) => rowOf(fact, repository)),
        () => shelf.put(repository, after),
      )
    },
  }
}

export function repositoryStore(store: Store): RepositoryStore {
  const shelf = store.tables.repositories.of(config)
  return {
    byPath(path) {
      const row = shelf.byPath(path)
      if (row === null) return null
      return row.config === null ? 'unreadable' : { ...row, config: row.config }
    },
    recent: () => shelf.list().map((row) => row.path),
    keep(fact, record) {
      const { kind, ...body } = fact
      store.record([{ kind, repository: record.id, body }], () => shelf.put(record))
    },
  }
}

export function settingsStore(store: Store): SettingsStore {
  const shelf = store.tables.settings.of(settings)
  return {
    load: () => shelf.get(),
    keep(fact, after) {
      const { kind, ...body } = fact
      store.record([{ kind, body }], () => shelf.put(after))
    },
  }
}
