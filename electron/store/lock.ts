/**
 * One host per data directory. The lock is an exclusive transaction on a database of its own, so that the system releases it
 * however the process ends. POSIX drops it too when this process closes the file by other means: nobody else may open it.
 */

import { closeSync, openSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { removeFileNow } from '../kit/remove-file.ts'
import { isRunning } from '../kit/running.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { isBusy, isEnvironment } from './sqlite.ts'

export type Lock = { release(): void }

/** The process that wrote its number beside the lock, if it still runs. */
function holder(pidFile: string): number | null {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8').trim())
    if (!Number.isSafeInteger(pid) || pid <= 0) return null
    return isRunning(pid) ? pid : null
  } catch {
    return null
  }
}

/** Where the other one shows itself in a browser, if it does. Without its key: a sentence travels further than that may. */
function addressOf(pid: number | null, dataDir: string): string | null {
  try {
    const told: unknown = JSON.parse(readFileSync(join(dataDir, 'host.json'), 'utf8'))
    if (typeof told !== 'object' || told === null || !('port' in told) || !('pid' in told)) return null
    // One that was killed leaves its own.
    if (told.pid !== pid || !Number.isInteger(told.port)) return null
    return `http://127.0.0.1:${String(told.port)}`
  } catch {
    return null
  }
}

/** Creates the file for the user's eyes only. An existing one is not opened: closing it again would drop a lock of this process. */
function createPrivate(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}

function seize(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 0 })
  try {
    database.exec('BEGIN EXCLUSIVE')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** Takes the lock of a data directory; refused with `in-use` while another host holds it. Throws when the disk cannot be written. */
export function takeLock(dataDir: string): Result<Lock, 'in-use'> {
  const path = join(dataDir, 'host.lock')
  const pidFile = join(dataDir, 'host.pid')
  createPrivate(path)
  let database: DatabaseSync
  try {
    try {
      database = seize(path)
    } catch (error) {
      if (isBusy(error) || isEnvironment(error)) throw error
      // Somebody wrote into the lock file. SQLite says so only when no host holds it, and it never has content worth keeping.
      truncateSync(path)
      database = seize(path)
    }
  } catch (error) {
    if (!isBusy(error)) throw error
    const pid = holder(pidFile)
    const who = pid === null ? 'Another Sluice' : `Another Sluice (process ${pid})`
    const url = addressOf(pid, dataDir)
    const there = url === null ? 'Use its window' : `Open it at ${url}`
    return fail(
      'in-use',
      `${who} already uses ${dataDir}. ${there}, or stop it, or choose another data directory with --data DIR.`,
    )
  }
  try {
    writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 })
  } catch (error) {
    database.close()
    throw error
  }
  return ok({
    release() {
      removeFileNow(pidFile)
      database.close()
    },
  })
}
