/** Where a host's log goes: one file in the data directory, begun again before it grows without end. */

import { createWriteStream, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

const MAX_BYTES = 4 * 1024 * 1024

/**
 * Takes the data directory, made where it is missing, and the file's name; gives a sink for appending. A large log is set aside
 * as `NAME.1` first. A disk that is full or read-only never stops the app: the store says what to do about it.
 */
export function openLogFile(dataDir: string, name: string): { write(line: string): void } {
  const file = join(dataDir, name)
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    if (statSync(file).size > MAX_BYTES) renameSync(file, `${file}.1`)
  } catch {
    // The first start: there is no log yet.
  }
  const stream = createWriteStream(file, { flags: 'a', mode: 0o600 })
  stream.on('error', () => undefined)
  return { write: (line) => void stream.write(line) }
}
