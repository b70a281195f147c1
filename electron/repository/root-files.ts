/** Reads the few files in a repository's main folder that say how it is built. Follows no link, runs nothing, waits for nothing. */

import { constants } from 'node:fs'
import { lstat, open } from 'node:fs/promises'
import { join } from 'node:path'
import { NAMED, READ, type Named, type RootFiles } from './guesses.ts'

/** What is larger was made by a machine. */
const MAX_BYTES = 256 * 1024
/** A link is not followed, a pipe is not waited for; Windows has neither flag, and its links are seen by `lstat`. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

async function isFile(path: string): Promise<boolean> {
  return lstat(path).then(
    (entry) => entry.isFile(),
    () => false,
  )
}

/** The text of a file; null when it is too large, no file, or cannot be read. */
async function textOf(path: string): Promise<string | null> {
  try {
    const file = await open(path, FLAGS)
    try {
      const entry = await file.stat()
      if (!entry.isFile() || entry.size > MAX_BYTES) return null
      // One byte more than is allowed, should it grow meanwhile.
      const buffer = Buffer.alloc(MAX_BYTES + 1)
      let length = 0
      for (let bytesRead = -1; bytesRead !== 0 && length < buffer.length; length += bytesRead)
        ({ bytesRead } = await file.read(buffer, length, buffer.length - length, null))
      return length > MAX_BYTES ? null : buffer.toString('utf8', 0, length)
    } finally {
      await file.close()
    }
  } catch {
    return null
  }
}

/** Takes the main checkout; gives what is in its main folder, as it is now. */
export async function readRootFiles(root: string): Promise<RootFiles> {
  const there = new Set<Named>()
  const texts = new Map<string, string>()
  for (const name of NAMED) if (await isFile(join(root, name))) there.add(name)
  for (const name of READ) {
    const text = there.has(name) ? await textOf(join(root, name)) : null
    if (text !== null) texts.set(name, text)
  }
  return { has: (name) => there.has(name), text: (name) => texts.get(name) ?? null }
}
