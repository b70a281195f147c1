/** A small disk for a test to fill: a file system in memory. */

import { execFile } from 'node:child_process'
import { mkdtemp, rmdir, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)
const SIZE = '24m'
/** Larger than that, filling the shared one would starve whoever else uses it. */
const SHARED_LIMIT = 256 * 1024 * 1024

export type SmallDisk = { readonly path: string; close(): Promise<void> }

/** Mounts one; where that is not allowed, a container's own small /dev/shm has to do. Throws where there is neither. */
export async function makeSmallDisk(): Promise<SmallDisk> {
  const path = await mkdtemp(join(tmpdir(), 'sluice-disk-'))
  try {
    await execute('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', path])
    return {
      path,
      async close() {
        await execute('umount', ['-l', path])
        await rmdir(path)
      },
    }
  } catch (error) {
    await rmdir(path)
    const shared = await statfs('/dev/shm').catch(() => null)
    if (shared !== null && shared.blocks * shared.bsize <= SHARED_LIMIT)
      return { path: '/dev/shm', close: () => Promise.resolve() }
    throw new Error('This test needs a small disk: the right to mount a file system in memory, or a small /dev/shm.', {
      cause: error,
    })
  }
}
