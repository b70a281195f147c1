/** A lock held for a moment, between processes and within one: what is read and then written under it cannot change in between. */

import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { isBusy } from './sqlite.ts'

const AGAIN_MS = 10
const TRIES = 300

/**
 * Runs the work while nobody else has the lock file at `path`, which stays where it is; its folder must exist. However the
 * process ends, the system lets go. Throws when it is not to be had within three seconds, and what the work throws.
 */
export async function whileLocked<Value>(path: string, work: () => Promise<Value>): Promise<Value> {
  for (let tries = 1; ; tries += 1) {
    const database = new DatabaseSync(path, { timeout: 0 })
    try {
      try {
        database.exec('BEGIN EXCLUSIVE')
      } catch (error) {
        if (!isBusy(error) || tries === TRIES) throw error
        await sleep(AGAIN_MS)
        continue
      }
      return await work()
    } finally {
      database.close()
    }
  }
}
