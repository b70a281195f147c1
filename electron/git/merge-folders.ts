/** The private folders that trial merges write into: one a merge, named after its process, gone with it or at a later start. */

import { lstat, mkdtemp, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { removeFolder } from '../kit/remove-folder.ts'
import { isRunning } from '../kit/running.ts'

const OURS = /^sluice-merge-([1-9]\d{0,9})-[A-Za-z0-9]{6}(?:\.removing-[0-9a-f-]{36})?$/u

/** Longer than any merge may take; a number of a process is given to another one in the end. */
const ABANDONED_MS = 3_600_000

/** Makes an empty one in that folder; whoever asked removes it. */
export function makeMergeFolder(inside: string): Promise<string> {
  return mkdtemp(join(inside, `sluice-merge-${process.pid}-`))
}

/** Removes those that a killed Sluice left there: older than an hour, and their process is gone. Gives how many it removed. */
export async function clearMergeFolders(inside: string, now: Date): Promise<number> {
  const names = await readdir(inside).catch(() => [])
  let cleared = 0
  for (const name of names) {
    const pid = OURS.exec(name)?.[1]
    if (pid === undefined || isRunning(Number(pid))) continue
    const path = join(inside, name)
    const found = await lstat(path).catch(() => null)
    if (found === null || !found.isDirectory() || now.getTime() - found.mtimeMs < ABANDONED_MS) continue
    // Another user's, in a folder that all share, is not ours to remove.
    if (process.getuid !== undefined && found.uid !== process.getuid()) continue
    if ((await removeFolder({ path, root: inside })).kind === 'removed') cleared += 1
  }
  return cleared
}
