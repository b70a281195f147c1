/** The shape of the database, version by version. An entry that has shipped is never edited: add the next one. */

import type { DatabaseSync } from 'node:sqlite'
import { inTransaction } from './sqlite.ts'

const MIGRATIONS: readonly string[] = [
  `CREATE TABLE events (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     at TEXT NOT NULL,
     kind TEXT NOT NULL,
     session TEXT,
     repository TEXT,
     body TEXT NOT NULL CHECK (json_valid(body))
   );
   CREATE INDEX events_by_repository ON events (repository, seq);
   CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
     BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
   CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events
     BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

   CREATE TABLE repositories (
     id TEXT PRIMARY KEY NOT NULL,
     path TEXT NOT NULL UNIQUE,
     trusted_at TEXT,
     config TEXT NOT NULL CHECK (json_valid(config)),
     opened_at TEXT NOT NULL
   );
   CREATE TABLE sessions (
     id TEXT PRIMARY KEY NOT NULL,
     repository TEXT NOT NULL REFERENCES repositories (id),
     body TEXT NOT NULL CHECK (json_valid(body))
   );
   CREATE INDEX sessions_by_repository ON sessions (repository);
   CREATE TABLE queue (
     repository TEXT PRIMARY KEY NOT NULL REFERENCES repositories (id),
     body TEXT NOT NULL CHECK (json_valid(body))
   );
   CREATE TABLE meta (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL);`,
  `CREATE INDEX events_by_session ON events (session, seq);
   CREATE INDEX events_by_kind ON events (kind, seq);`,
  `CREATE TABLE reviews (
     session TEXT PRIMARY KEY NOT NULL REFERENCES sessions (id),
     body TEXT NOT NULL CHECK (json_valid(body))
   );`,
]

/** The version this program reads and writes. */
export const VERSION = MIGRATIONS.length

/** What a database of this version has, by kind and name. */
export const PARTS: readonly string[] = MIGRATIONS.flatMap((sql) =>
  [...sql.matchAll(/CREATE (TABLE|INDEX|TRIGGER) (\w+)/gu)].map((match) => `${match[1]!.toLowerCase()} ${match[2]!}`),
)

/** The version of an open database. */
export function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0)
}

/** Brings an open database to `VERSION`, one transaction a step. Throws what SQLite says when a step cannot be taken. */
export function migrate(database: DatabaseSync): void {
  for (let version = versionOf(database); version < VERSION; version += 1) {
    inTransaction(database, () => database.exec(`${MIGRATIONS[version]!}; PRAGMA user_version = ${version + 1}`))
  }
}
