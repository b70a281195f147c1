/** Where the desktop app's log goes: one file in the data directory, begun again before it grows without end. */

import { createWriteStream, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

export const LOG_FILE = 'desktop.log'
const MAX_BYTES = 4 * 1024 * 1024

/** Opens the log for appending; a large one is set aside as `desktop.log.1` first. A full disk never stops the app. */
export function openLogFile(dataDir: string): { write(line: string): void } {
  const file = join(dataDir, LOG_FILE)
  try {
    if (statSync(file).size > MAX_BYTES) renameSync(file, `${file}.1`)
  } catch {
    // The first start: there is no log yet.
  }
  const stream = createWriteStream(file, { flags: 'a', mode: 0o600 })
  stream.on('error', () => undefined)
  return { write: (line) => void stream.write(line) }
}
