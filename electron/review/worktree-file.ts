/** Reads one file of a worktree without following a link, so that nothing outside of it is ever shown. */

import { constants } from 'node:fs'
import { lstat, open, readlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathBytes, type RepoPath } from '../git/names.ts'
import { realPathOf } from '../git/places.ts'

/** More bytes than were asked for. */
export const LARGE = Symbol('large')
/** Null where there is no file. */
export type Bytes = Buffer | null | typeof LARGE

/**
 * A link's content is where it leads to, as in git; what lies beyond a link is no file of the worktree. Of a file with more bytes than
 * `most` it gives its head, or nothing at all.
 */
export async function fileBytes(worktree: string, path: RepoPath, most: number, isHead = false): Promise<Bytes> {
  const root = await realPathOf(worktree)
  if (root === null) return null
  const bytes = (name: string): Buffer => Buffer.concat([Buffer.from(join(root, '/')), pathBytes(name as RepoPath)])
  // Every folder on the way must be one itself: git keeps nothing behind a link.
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    const entry = await lstat(bytes(folder)).catch(() => null)
    if (entry === null || !entry.isDirectory()) return null
  }
  const entry = await lstat(bytes(path)).catch(() => null)
  if (entry?.isSymbolicLink() === true) return readlink(bytes(path), 'buffer').catch(() => null)
  if (entry === null || !entry.isFile()) return null
  if (entry.size > most && !isHead) return LARGE
  // It may have become a link, or a pipe that nobody writes to, since.
  const file = await open(bytes(path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => null)
  if (file === null) return null
  try {
    const size = Math.min(entry.size, most)
    const { bytesRead, buffer } = await file.read(Buffer.alloc(size), 0, size, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
