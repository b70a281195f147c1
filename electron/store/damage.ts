/** Looks at a database before anybody writes to it, and moves one that cannot be used out of the way. Never deletes, never repairs. */

import { existsSync, renameSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { PARTS, VERSION, versionOf } from './migrations.ts'
import { isEnvironment, openForReading, wordsOf } from './sqlite.ts'

/** What SQLite keeps beside the database; each belongs to the file whose name it carries. */
const COMPANIONS = ['-wal', '-shm', '-journal'] as const

export type Verdict =
  | { readonly kind: 'absent' }
  | { readonly kind: 'sound' }
  /** Complete, but of an earlier version. */
  | { readonly kind: 'older' }
  | { readonly kind: 'newer'; readonly version: number }
  | { readonly kind: 'damaged'; readonly why: string }

/** The columns that hold JSON. A read-only connection's quick_check skips CHECK constraints, so they are asked by name. */
const JSON_COLUMNS = [
  ['events', 'body'],
  ['repositories', 'config'],
  ['sessions', 'body'],
  ['queue', 'body'],
  ['reviews', 'body'],
] as const

function one(database: DatabaseSync, sql: string, column: string): unknown {
  return database.prepare(sql).get()?.[column]
}

/** What is wrong with an open database of this version or an earlier one; null for nothing. */
function flaw(database: DatabaseSync, path: string): string | null {
  const checkpointed = !existsSync(`${path}-wal`) || statSync(`${path}-wal`).size === 0
  // SQLite reads the missing end of a last page as zeros.
  if (checkpointed && statSync(path).size % Number(one(database, 'PRAGMA page_size', 'page_size')) !== 0) return 'it is cut short'
  const check = one(database, 'PRAGMA quick_check(1)', 'quick_check')
  if (check !== 'ok') return wordsOf(String(check).split('\n', 1)[0])
  const rows = database.prepare('SELECT type, name FROM sqlite_schema').all()
  const parts = new Set(rows.map((row) => `${row['type']} ${row['name']}`))
  const missing = PARTS.find((part) => !parts.has(part))
  if (missing !== undefined && versionOf(database) === VERSION) return `its ${missing} is missing`
  const garbled = JSON_COLUMNS.find(
    ([table, column]) =>
      parts.has(`table ${table}`) &&
      database.prepare(`SELECT 1 FROM ${table} WHERE NOT json_valid(${column}) LIMIT 1`).get() !== undefined,
  )
  return garbled === undefined ? null : `a row of its ${garbled[0]} cannot be read`
}

/** Takes the path of a database, gives what it is, and leaves it and its -wal as they were. Throws when the disk refuses. */
export function examine(path: string): Verdict {
  if (!existsSync(path)) {
    const orphan = COMPANIONS.find((companion) => existsSync(path + companion))
    return orphan === undefined ? { kind: 'absent' } : { kind: 'damaged', why: `only its ${orphan} file was left` }
  }
  if (statSync(path).size === 0) return { kind: 'damaged', why: 'it was empty' }
  try {
    const database = openForReading(path)
    try {
      // The version first: a newer database may use features that this one's check does not know.
      const version = versionOf(database)
      if (version > VERSION) return { kind: 'newer', version }
      if (version < 1) return { kind: 'damaged', why: 'it is not a database of Sluice' }
      const why = flaw(database, path)
      if (why !== null) return { kind: 'damaged', why }
      return { kind: version < VERSION ? 'older' : 'sound' }
    } finally {
      database.close()
    }
  } catch (error) {
    if (isEnvironment(error)) throw error
    return { kind: 'damaged', why: wordsOf(error) }
  }
}

/** `2026-11-21T01-02-03Z`: a time that every file system takes as part of a name. */
function stamp(at: Date): string {
  return `${at.toISOString().slice(0, 19).replaceAll(':', '-')}Z`
}

/**
 * Renames the database and what belongs to it to `NAME.REASON-TIME`, and gives the new path.
 * The database goes first: should the move be cut short, the rest is found alone at the next start and moved then.
 */
export function setAside(path: string, reason: 'damaged' | 'newer', at: Date): string {
  const wanted = `${path}.${reason}-${stamp(at)}`
  const taken = (to: string): boolean => ['', ...COMPANIONS].some((companion) => existsSync(to + companion))
  let to = wanted
  for (let n = 2; taken(to); n += 1) to = `${wanted}-${n}`
  for (const companion of ['', ...COMPANIONS]) {
    if (existsSync(path + companion)) renameSync(path + companion, to + companion)
  }
  return to
}

/** The sentence that tells the user what was found and where it went. */
export function sentence(verdict: Extract<Verdict, { kind: 'newer' | 'damaged' }>, path: string, aside: string): string {
  const name = basename(path)
  return verdict.kind === 'newer'
    ? `${name} was written by a newer Sluice (version ${verdict.version} of it; this one reads up to ${VERSION}). It was kept as ${aside}, and Sluice started with an empty one. To use it again, install the newer Sluice and give the file its old name back.`
    : `${name} is damaged (${verdict.why}). It was kept as ${aside}, and Sluice started with an empty one. Your repositories, branches and worktrees were not touched.`
}
