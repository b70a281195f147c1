/** What git and Claude Code cannot tell us, kept in one SQLite file: facts and the documents that follow from them, in one transaction. */

import { closeSync, mkdirSync, openSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { Event } from '../../shared/model/event.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { createEmitter } from '../kit/emitter.ts'
import { removeFileNow } from '../kit/remove-file.ts'
import { examine, sentence, setAside } from './damage.ts'
import { createEvents, type EventsQuery, type Fact } from './events.ts'
import { takeLock, type Lock } from './lock.ts'
import { migrate } from './migrations.ts'
import { inTransaction, isEnvironment, openForWriting, wordsOf } from './sqlite.ts'
import { createTables, type Tables } from './tables.ts'

export type Store = {
  /** The documents. Reading is always possible, writing only inside `record`. */
  readonly tables: Tables
  /**
   * Appends the facts and lets `project` write what follows from them, in one transaction: all or nothing, also when `project`
   * throws (the error goes on to the caller). No facts: only documents change. `project` must be synchronous and may not call
   * `record`. Gives the events; listeners hear them after the commit.
   */
  record(facts: readonly Fact[], project: (tables: Tables) => void): readonly Event[]
  /** In order of `seq`. */
  events(query?: EventsQuery): readonly Event[]
  /** Every event after its commit, in order of `seq`. */
  onEvent(listener: (event: Event) => void): () => void
  /** Sentences for the user, such as a document that does not fit its schema. */
  onNotice(listener: (sentence: string) => void): () => void
  /** Lets go of the database and the data directory. Twice is harmless. */
  close(): void
}

export type Opened = {
  readonly store: Store
  /** What the user should know of the opening: a database that was set aside. */
  readonly notices: readonly string[]
}

function createStore(database: DatabaseSync, lock: Lock, now: () => Date): Store {
  const heard = createEmitter<Event>()
  const notices = createEmitter<string>()
  const waiting: Event[] = []
  /** The time of the record that runs; null when none does. */
  let writing: string | null = null
  let telling = false

  const events = createEvents(database)
  const tables = createTables(database, {
    recordTime() {
      if (writing === null) throw new Error('Documents are written only inside store.record.')
      return writing
    },
    tell: (sentence) => notices.emit(sentence),
  })

  /** A listener may record; its events wait until everybody has heard the earlier ones. */
  function tell(): void {
    if (telling) return
    telling = true
    for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) heard.emit(event)
    telling = false
  }

  return {
    tables,
    record(facts, project) {
      if (writing !== null) throw new Error('store.record cannot run inside itself.')
      const at = now().toISOString()
      writing = at
      let appended: readonly Event[]
      try {
        appended = inTransaction(database, () => {
          const rows = facts.map((fact) => events.append(at, fact))
          const outcome: unknown = project(tables)
          if (outcome instanceof Promise)
            throw new Error('A projection cannot be asynchronous: the transaction would end before it.')
          return rows
        })
      } finally {
        writing = null
      }
      waiting.push(...appended)
      tell()
      return appended
    },
    events: (query = {}) => events.list(query),
    onEvent: (listener) => heard.on(listener),
    onNotice: (listener) => notices.on(listener),
    close() {
      if (!database.isOpen) return
      database.close()
      lock.release()
    },
  }
}

/** Builds an empty database beside the path and moves it there whole, so that a file cut short is always damage. */
function createDatabase(path: string): void {
  const draft = `${path}.new`
  for (const companion of ['', '-wal', '-shm', '-journal']) removeFileNow(draft + companion)
  closeSync(openSync(draft, 'wx', 0o600))
  const database = openForWriting(draft)
  try {
    migrate(database)
  } finally {
    database.close()
  }
  renameSync(draft, path)
}

/** Opens or creates the database at the path; gives sentences about what had to be set aside. */
function openDatabase(path: string, at: Date, notices: string[], lock: Lock, now: () => Date): Store {
  const verdict = examine(path)
  if (verdict.kind === 'newer' || verdict.kind === 'damaged')
    notices.push(sentence(verdict, path, setAside(path, verdict.kind, at)))
  if (verdict.kind !== 'sound' && verdict.kind !== 'older') createDatabase(path)
  const database = openForWriting(path)
  try {
    migrate(database)
    return createStore(database, lock, now)
  } catch (error) {
    database.close()
    throw error
  }
}

/**
 * Opens the store of a data directory, creating the directory (for the user's eyes only) and the database where they are missing.
 * Fails with `in-use` while another host has it, and with `read-only` when the disk does not let it write. A database that is
 * damaged or newer is never written to: it is set aside beside the new one, and a notice says so.
 */
export function openStore(options: {
  readonly dataDir: string
  readonly now: () => Date
}): Result<Opened, 'in-use' | 'read-only'> {
  const { dataDir, now } = options
  const path = join(dataDir, 'sluice.db')
  let lock: Lock | null = null
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    const taken = takeLock(dataDir)
    if (!taken.ok) return taken
    lock = taken.value
    const notices: string[] = []
    let store: Store
    try {
      store = openDatabase(path, now(), notices, lock, now)
    } catch (error) {
      if (isEnvironment(error)) throw error
      // It passed the check and still cannot be migrated or read: damage that only its use could show.
      const verdict = { kind: 'damaged', why: wordsOf(error) } as const
      notices.push(sentence(verdict, path, setAside(path, 'damaged', now())))
      store = openDatabase(path, now(), notices, lock, now)
    }
    return ok({ store, notices })
  } catch (error) {
    lock?.release()
    if (!isEnvironment(error)) throw error
    return fail(
      'read-only',
      `Sluice cannot write to ${dataDir} (${wordsOf(error)}); make it writable, make room on it, or choose another data directory.`,
    )
  }
}
