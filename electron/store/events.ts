/** The append-only history: rows in, rows out, in order. Knows no kind of event by name. */

import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Event } from '../../shared/model/event.ts'

/** Something that happened, before it has a number and a time. */
export type Fact = {
  /** A past-tense name, such as `session-started`. */
  readonly kind: string
  readonly session?: string
  readonly repository?: string
  /** Anything JSON can hold; its keys appear in the event beside `seq`, `at`, `kind`, `session`, `repository`. */
  readonly body?: Readonly<Record<string, unknown>>
}

export type EventsQuery = {
  /** Only events after this number; left out: from the first. */
  readonly since?: number
  /** Left out: 1000. */
  readonly limit?: number
  /** Only events of this repository. */
  readonly repository?: string
  /** Only events of the session of this id. */
  readonly session?: string
  /** Only events of these kinds. */
  readonly kinds?: readonly string[] | undefined
  /** The newest ones before this number, newest first, instead of the oldest ones after `since`. */
  readonly before?: number | undefined
}

const OWN_KEYS = ['seq', 'at', 'kind', 'session', 'repository'] as const

type Row = {
  readonly seq: number
  readonly at: string
  readonly kind: string
  readonly session: string | null
  readonly repository: string | null
  readonly body: string
}

function eventOf(row: Row): Event {
  const body: unknown = JSON.parse(row.body)
  return {
    seq: row.seq,
    at: row.at,
    kind: row.kind,
    ...(row.session !== null && { session: row.session }),
    ...(row.repository !== null && { repository: row.repository }),
    ...(typeof body === 'object' && body),
  }
}

/** Takes an open database, gives the two things one may do with its history. */
export function createEvents(database: DatabaseSync): {
  append(at: string, fact: Fact): Event
  list(query: EventsQuery): readonly Event[]
} {
  const insert = database.prepare('INSERT INTO events (at, kind, session, repository, body) VALUES (?, ?, ?, ?, ?)')
  const columns = 'SELECT seq, at, kind, session, repository, body FROM events'
  // One statement for each set of filters, so that each is answered by the index that fits it.
  const statements = new Map<string, StatementSync>()
  function statement(sql: string): StatementSync {
    const prepared = statements.get(sql) ?? database.prepare(sql)
    statements.set(sql, prepared)
    return prepared
  }
  return {
    append(at, fact) {
      const body = fact.body ?? {}
      const clash = OWN_KEYS.find((key) => Object.hasOwn(body, key))
      if (clash !== undefined) throw new TypeError(`The body of a “${fact.kind}” fact may not carry “${clash}”.`)
      const text = JSON.stringify(body)
      const row = { at, kind: fact.kind, session: fact.session ?? null, repository: fact.repository ?? null, body: text }
      const { lastInsertRowid } = insert.run(row.at, row.kind, row.session, row.repository, row.body)
      return eventOf({ seq: Number(lastInsertRowid), ...row })
    },
    list({ since = 0, limit = 1000, repository, session, kinds, before }) {
      const conditions: readonly (readonly [sql: string, value: string | number | undefined])[] = [
        ['seq > ?', since],
        ['seq < ?', before],
        ['session = ?', session],
        ['repository = ?', repository],
        ['kind IN (SELECT value FROM json_each(?))', kinds === undefined ? undefined : JSON.stringify(kinds)],
      ]
      const asked = conditions.flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]))
      const order = before === undefined ? 'seq' : 'seq DESC'
      const sql = `${columns} WHERE ${asked.map((one) => one.sql).join(' AND ')} ORDER BY ${order} LIMIT ?`
      return statement(sql)
        .all(...asked.map((one) => one.value), limit)
        .map((row) => eventOf(row as Row))
    },
  }
}
