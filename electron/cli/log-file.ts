/** The log of one run, in the data directory; a log that has grown is put aside once, so two are kept. */

import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, ok, type Result } from '../../shared/result.ts'

const MAX_BYTES = 5 * 1024 * 1024

/** Creates the data directory (0700) and opens the log in it. Failure: `read-only`, with what to do. */
export async function openLogFile(dataDir: string): Promise<Result<WriteStream, 'read-only'>> {
  const path = join(dataDir, 'sluice.log')
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 })
    const size = await stat(path).then(
      (file) => file.size,
      () => 0,
    )
    if (size > MAX_BYTES) await rename(path, `${path}.old`)
    const stream = createWriteStream(path, { flags: 'a', mode: 0o600 })
    await new Promise<void>((opened, failed) => {
      stream.once('open', () => opened())
      stream.once('error', failed)
    })
    // A full disk later on costs log lines, never the House.
    stream.on('error', () => undefined)
    return ok(stream)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return fail(
      'read-only',
      `Sluice cannot write to its data directory ${dataDir} (${why}). Make it writable, or choose another one with --data DIR.`,
    )
  }
}
