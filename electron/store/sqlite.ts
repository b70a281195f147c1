/** The few words of SQLite that this folder needs more than once: how to open a file, and what its errors mean. */

import { DatabaseSync } from 'node:sqlite'

/** Only an outside tool can ever hold the database; a keystroke must not wait for it longer than this. */
const BUSY_MILLISECONDS = 1000

const BUSY = 5
const READONLY = 8
const IOERR = 10
const FULL = 13
const CANTOPEN = 14
const PERM = 3

/** The primary result code of an SQLite error (sqlite.org/rescode.html), or null for any other error. */
function resultCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null
  return error.errcode & 0xff
}

/** True when somebody else holds the lock. */
export function isBusy(error: unknown): boolean {
  return resultCode(error) === BUSY
}

/** True when the disk, its permissions or another program is to blame, and not what the file contains. */
export function isEnvironment(error: unknown): boolean {
  if (error instanceof Error && 'syscall' in error) return true
  const code = resultCode(error)
  return code !== null && [PERM, BUSY, READONLY, IOERR, FULL, CANTOPEN].includes(code)
}

/** Takes an error, gives its words without a closing full stop, to be put into a sentence. */
export function wordsOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/u, '')
}

/** Opens the database for looking only: a read-only connection never folds the -wal file into the database when it closes. */
export function openForReading(path: string): DatabaseSync {
  return new DatabaseSync(path, { readOnly: true, timeout: BUSY_MILLISECONDS, defensive: true })
}

/**
 * Opens the database for use. FULL costs 0.2 ms a transaction against NORMAL's 0.03, and what was accepted survives a
 * power cut; with recursive triggers, INSERT OR REPLACE cannot get round the append-only rule.
 */
export function openForWriting(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: BUSY_MILLISECONDS, defensive: true })
  try {
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON',
    )
  } catch (error) {
    database.close()
    throw error
  }
  return database
}

/** Runs the work in one transaction: all of it is kept, or, when it throws, nothing. */
export function inTransaction<Value>(database: DatabaseSync, work: () => Value): Value {
  database.exec('BEGIN IMMEDIATE')
  try {
    const value = work()
    database.exec('COMMIT')
    return value
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}
