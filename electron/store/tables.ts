/**
 * The documents: what is true now, as JSON, read and written through the schema of whoever owns them.
 * Knows keys and columns; knows nothing of what a session or a queue is. Writing is possible only inside `store.record`.
 */

import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type * as z from 'zod'
import { createUnreadable, type Place } from './unreadable.ts'

export type Sessions<Document> = {
  /** Adds or replaces; the repository must have been put before. */
  put(id: string, repository: string, document: Document): void
  get(id: string): Document | null
  /** Of one repository, or of all; oldest first. */
  list(repository?: string): readonly Document[]
  /** Throws while it has a review. */
  remove(id: string): void
}

/** One document a session. */
export type Reviews<Document> = {
  /** Adds or replaces; the session must have been put before. */
  put(session: string, document: Document): void
  get(session: string): Document | null
  remove(session: string): void
}

/** One document a repository. */
export type Queues<Document> = {
  put(repository: string, document: Document): void
  get(repository: string): Document | null
  remove(repository: string): void
}

export type RepositoryRow<Config> = {
  readonly id: string
  /** Absolute; unique. */
  readonly path: string
  /** ISO time; null: not trusted. */
  readonly trustedAt: string | null
  /** Null only when read: the stored settings do not fit the schema (reported by `store.onNotice`). Never take that for “no checks”. */
  readonly config: Config | null
  readonly openedAt: string
}

export type Repositories<Config> = {
  put(row: RepositoryRow<Config> & { readonly config: Config }): void
  get(id: string): RepositoryRow<Config> | null
  byPath(path: string): RepositoryRow<Config> | null
  /** Opened last comes first. */
  list(): readonly RepositoryRow<Config>[]
  /** Throws while it has sessions or a queue. */
  remove(id: string): void
}

/** The user's own settings: one document. */
export type UserSettings<Document> = {
  put(document: Document): void
  /** Null when there is none, and when what is there does not fit the schema (reported by `store.onNotice`). */
  get(): Document | null
}

export type Meta = {
  put(key: string, value: string): void
  get(key: string): string | null
  remove(key: string): void
}

/**
 * `of(schema)` binds a table to its owner's schema; what does not fit is a fault on the way in, and on the way out it is
 * left in the database, left out of the answer and reported once; a later put or remove first copies its text into `meta`, in the
 * same transaction. The schema must read back what it wrote (no one-way transforms).
 */
export type Tables = {
  readonly sessions: { of<Document>(schema: z.ZodType<Document>): Sessions<Document> }
  readonly queue: { of<Document>(schema: z.ZodType<Document>): Queues<Document> }
  readonly reviews: { of<Document>(schema: z.ZodType<Document>): Reviews<Document> }
  readonly repositories: { of<Config>(schema: z.ZodType<Config>): Repositories<Config> }
  readonly settings: { of<Document>(schema: z.ZodType<Document>): UserSettings<Document> }
  readonly meta: Meta
}

/** Where the user's settings lie in `meta`. */
const SETTINGS = 'settings'
/** As `unreadable.ts` calls them; a repository's settings go by its path. */
const USERS: Place = { what: 'settings', id: 'of the user', name: 'of the user' }

type Rim = {
  /** The time of the running `store.record`; throws when none runs. */
  recordTime(): string
  /** Takes a sentence for the user: a document that does not fit its schema. */
  tell(sentence: string): void
}

/** The value of a JSON text; undefined when it is none. In `meta` the database does not see to that itself. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Takes an open database, gives its tables. */
export function createTables(database: DatabaseSync, rim: Rim): Tables {
  const write = (sql: string): ((...values: readonly (string | null)[]) => void) => {
    const statement = database.prepare(sql)
    return (...values) => {
      rim.recordTime()
      statement.run(...values)
    }
  }
  const text = (statement: StatementSync, column: string, ...values: readonly string[]): string | null => {
    const value = statement.get(...values)?.[column]
    return typeof value === 'string' ? value : null
  }
  function read<Document>(schema: z.ZodType<Document>, place: Place, json: string): Document | null {
    const value = jsonOf(json)
    if (value === undefined) {
      unreadable.found(place, json, 'it is no JSON')
      return null
    }
    const parsed = schema.safeParse(value)
    if (parsed.success) return parsed.data
    const issue = parsed.error.issues[0]
    unreadable.found(place, json, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unknown'}`)
    return null
  }

  const putSession = write(
    'INSERT INTO sessions (id, repository, body) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET repository = excluded.repository, body = excluded.body',
  )
  const removeSession = write('DELETE FROM sessions WHERE id = ?')
  const sessionById = database.prepare('SELECT body FROM sessions WHERE id = ?')
  const sessionRows = database.prepare('SELECT id, body FROM sessions WHERE ?1 IS NULL OR repository = ?1 ORDER BY rowid')

  const putQueue = write(
    'INSERT INTO queue (repository, body) VALUES (?, ?) ON CONFLICT (repository) DO UPDATE SET body = excluded.body',
  )
  const removeQueue = write('DELETE FROM queue WHERE repository = ?')
  const queueOf = database.prepare('SELECT body FROM queue WHERE repository = ?')

  const putReview = write(
    'INSERT INTO reviews (session, body) VALUES (?, ?) ON CONFLICT (session) DO UPDATE SET body = excluded.body',
  )
  const removeReview = write('DELETE FROM reviews WHERE session = ?')
  const reviewOf = database.prepare('SELECT body FROM reviews WHERE session = ?')

  const putRepository = write(
    `INSERT INTO repositories (id, path, trusted_at, config, opened_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
       path = excluded.path, trusted_at = excluded.trusted_at, config = excluded.config, opened_at = excluded.opened_at`,
  )
  const removeRepository = write('DELETE FROM repositories WHERE id = ?')
  const columns = 'SELECT id, path, trusted_at AS trustedAt, config, opened_at AS openedAt FROM repositories'
  const repositoryById = database.prepare(`${columns} WHERE id = ?`)
  const repositoryByPath = database.prepare(`${columns} WHERE path = ?`)
  const repositoryRows = database.prepare(`${columns} ORDER BY opened_at DESC, rowid DESC`)

  const putMeta = write('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
  const removeMeta = write('DELETE FROM meta WHERE key = ?')
  const metaOf = database.prepare('SELECT value FROM meta WHERE key = ?')

  const kept = { has: (key: string) => metaOf.get(key) !== undefined, add: putMeta }
  const unreadable = createUnreadable({ ...rim, kept })
  const keepSession = (id: string) => unreadable.keep('session', id, () => text(sessionById, 'body', id))
  const keepQueue = (id: string) => unreadable.keep('queue', id, () => text(queueOf, 'body', id))
  const keepReview = (id: string) => unreadable.keep('review', id, () => text(reviewOf, 'body', id))
  const keepSettings = (id: string) => unreadable.keep('settings', id, () => text(repositoryById, 'config', id))

  return {
    sessions: {
      of: (schema) => ({
        put(id, repository, document) {
          const json = JSON.stringify(schema.parse(document))
          keepSession(id)
          putSession(id, repository, json)
        },
        get(id) {
          const json = text(sessionById, 'body', id)
          return json === null ? null : read(schema, { what: 'session', id, name: id }, json)
        },
        list: (repository) =>
          sessionRows.all(repository ?? null).flatMap((row) => {
            const id = String(row['id'])
            const document = read(schema, { what: 'session', id, name: id }, String(row['body']))
            return document === null ? [] : [document]
          }),
        remove(id) {
          keepSession(id)
          removeSession(id)
        },
      }),
    },
    queue: {
      of: (schema) => ({
        put(repository, document) {
          const json = JSON.stringify(schema.parse(document))
          keepQueue(repository)
          putQueue(repository, json)
        },
        get(repository) {
          const json = text(queueOf, 'body', repository)
          return json === null ? null : read(schema, { what: 'queue', id: repository, name: repository }, json)
        },
        remove(repository) {
          keepQueue(repository)
          removeQueue(repository)
        },
      }),
    },
    reviews: {
      of: (schema) => ({
        put(session, document) {
          const json = JSON.stringify(schema.parse(document))
          keepReview(session)
          putReview(session, json)
        },
        get(session) {
          const json = text(reviewOf, 'body', session)
          return json === null ? null : read(schema, { what: 'review', id: session, name: session }, json)
        },
        remove(session) {
          keepReview(session)
          removeReview(session)
        },
      }),
    },
    repositories: {
      of(schema) {
        type Stored = Omit<RepositoryRow<never>, 'config'> & { readonly config: string }
        const rowOf = (stored: unknown) => {
          const row = stored as Stored
          return { ...row, config: read(schema, { what: 'settings', id: row.id, name: row.path }, row.config) }
        }
        const one = (stored: unknown) => (stored === undefined ? null : rowOf(stored))
        return {
          put({ id, path, trustedAt, config, openedAt }) {
            const json = JSON.stringify(schema.parse(config))
            keepSettings(id)
            putRepository(id, path, trustedAt, json, openedAt)
          },
          get: (id) => one(repositoryById.get(id)),
          byPath: (path) => one(repositoryByPath.get(path)),
          list: () => repositoryRows.all().map(rowOf),
          remove(id) {
            keepSettings(id)
            removeRepository(id)
          },
        }
      },
    },
    settings: {
      of: (schema) => ({
        put(document) {
          const json = JSON.stringify(schema.parse(document))
          unreadable.keep(USERS.what, USERS.id, () => text(metaOf, 'value', SETTINGS))
          putMeta(SETTINGS, json)
        },
        get() {
          const json = text(metaOf, 'value', SETTINGS)
          return json === null ? null : read(schema, USERS, json)
        },
      }),
    },
    meta: {
      put: (key, value) => putMeta(key, value),
      get: (key) => text(metaOf, 'value', key),
      remove: (key) => removeMeta(key),
    },
  }
}
