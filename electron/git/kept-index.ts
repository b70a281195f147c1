/** Holds the index of a worktree while something that may fail goes on, and puts it back as it was. Knows nothing of what goes on. */

import { open, readFile, rename, stat, unlink, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { Checkout } from './checkout.ts'
import { GitError } from './failure.ts'
import { gitDirOf } from './places.ts'
import { lockedOut, waitForLock } from './stale-locks.ts'

/** Null where there is no index yet. */
type Bytes = { readonly bytes: Buffer; readonly second: number } | null

async function readIndex(file: string): Promise<Bytes> {
  const entry = await stat(file).catch(() => null)
  return entry === null ? null : { bytes: await readFile(file), second: Math.floor(entry.mtimeMs / 1000) }
}

async function take(worktree: Checkout, lock: string): Promise<Awaited<ReturnType<typeof open>>> {
  const taken = await open(lock, 'wx').catch(() => null)
  if (taken !== null) return taken
  if (!(await waitForLock(worktree, lock))) throw new GitError('failed', lockedOut(lock))
  return open(lock, 'wx')
}

/** Reads the index of a worktree; gives a way to put it back, which does nothing where it is the same still. */
export async function keepIndex(worktree: Checkout): Promise<() => Promise<void>> {
  const gitDir = await gitDirOf(worktree.path)
  if (gitDir === null) throw new GitError('folder-missing', `The folder ${worktree.path} is no checkout any more.`)
  const file = join(gitDir.own, 'index')
  const before = await readIndex(file)

  return async () => {
    const now = await readIndex(file)
    if (before === null ? now === null : now?.bytes.equals(before.bytes) === true) return
    const lock = `${file}.lock`
    const handle = await take(worktree, lock)
    try {
      if (before !== null) await handle.writeFile(before.bytes)
      await handle.close()
      if (before === null) {
        await unlink(file)
        await unlink(lock)
        return
      }
      // As old as it was: git compares the files that are younger, and believes the others.
      await utimes(lock, before.second, before.second)
      await rename(lock, file)
    } catch (error) {
      await unlink(lock).catch(() => undefined)
      throw error
    }
  }
}
