/** Private folders of a moment: what a trial merge writes into, an index of our own. Each is named after its process, gone with its use or at a later start. */

import { lstat, mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeFolder } from '../kit/remove-folder.ts'
import { isRunning } from '../kit/running.ts'

const OURS = /^sluice-(?:merge|index)-([1-9]\d{0,9})-[A-Za-z0-9]{6}(?:\.removing-[0-9a-f-]{36})?$/u

/** Makes an empty one in that folder; whoever asked removes it. */
export function makePrivateFolder(kind: 'merge' | 'index', inside = tmpdir()): Promise<string> {
  return mkdtemp(join(inside, `sluice-${kind}-${process.pid}-`))
}

/** Removes those there whose process is gone: a killed Sluice left them. Gives how many it removed. */
export async function clearPrivateFolders(inside: string): Promise<number> {
  const names = await readdir(inside).catch(() => [])
  let cleared = 0
  for (const name of names) {
    const pid = OURS.exec(name)?.[1]
    if (pid === undefined || isRunning(Number(pid))) continue
    const path = join(inside, name)
    const found = await lstat(path).catch(() => null)
    if (found === null || !found.isDirectory()) continue
    // Another user's, in a folder that all share, is not ours to remove.
    if (process.getuid !== undefined && found.uid !== process.getuid()) continue
    if ((await removeFolder({ path, root: inside })).kind === 'removed') cleared += 1
  }
  return cleared
}
