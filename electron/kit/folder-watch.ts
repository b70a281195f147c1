/**
 * Says whether anything below a folder has changed since the watch began: a proof, not a guess, and one that costs a
 * thousandth of a second however large the folder is. Linux only; elsewhere, and where the system has no watches left, there is none.
 */

import { watch, type FSWatcher } from 'node:fs'
import { readdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'

export type FolderWatch = {
  /** True when nothing has changed up to this moment. Once false, always false. */
  isUntouched(): Promise<boolean>
  close(): Promise<void>
}

/** More folders than this are not watched, nor more than a quarter of what the user may watch at all. */
const MOST_FOLDERS = 30_000
const SLICE = 250
const FENCE_MS = 1000

async function foldersBelow(folder: string, most: number): Promise<readonly string[] | null> {
  const found = [folder]
  for (let at = 0; at < found.length; at += 1) {
    const entries = await readdir(found[at] ?? folder, { withFileTypes: true })
    for (const entry of entries) if (entry.isDirectory()) found.push(join(entry.parentPath, entry.name))
    if (found.length > most) return null
  }
  return found
}

async function watchesAllowed(): Promise<number> {
  const text = await readFile('/proc/sys/fs/inotify/max_user_watches', 'utf8').catch(() => '0')
  return Math.min(MOST_FOLDERS, Math.floor(Number(text) / 4))
}

/**
 * Watches a folder, everything below it, and the folder above for what happens to it; that one must be writable. Null where that is not to be had.
 * Links are not followed: what lies behind one is not in the folder.
 */
export async function watchFolder(folder: string): Promise<FolderWatch | null> {
  if (process.platform !== 'linux') return null
  const [above, own] = [dirname(folder), basename(folder)]
  const watchers: FSWatcher[] = []
  let untouched = true
  let closed = false
  const fence = `.fence-${crypto.randomUUID()}`
  let reached = (): void => undefined

  async function close(): Promise<void> {
    closed = true
    for (const [index, watcher] of watchers.splice(0).entries()) {
      if (index % SLICE === 0) await setImmediate()
      watcher.close()
    }
  }
  function add(path: string, heard: (name: string | null) => void): void {
    const watcher = watch(path, { persistent: false }, (_event, name) => heard(name))
    watcher.on('error', () => (untouched = false))
    watchers.push(watcher)
  }

  try {
    const folders = await foldersBelow(folder, await watchesAllowed())
    if (folders === null) return null
    add(above, (name) => {
      if (name === fence) reached()
      else if (name === null || name === own) untouched = false
    })
    for (const [index, path] of folders.entries()) {
      if (index % SLICE === 0) await setImmediate()
      add(path, () => (untouched = false))
    }
    // A folder that came while the watches were set up may have none.
    if ((await foldersBelow(folder, MOST_FOLDERS))?.length !== folders.length) untouched = false
  } catch {
    await close()
    return null
  }

  /** The system tells events in their order: when that of a file of ours has come, so has everything before it. */
  async function passFence(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined
    const passed = new Promise<boolean>((resolve) => {
      reached = () => resolve(true)
      timer = setTimeout(() => resolve(false), FENCE_MS)
    })
    try {
      await writeFile(join(above, fence), '')
      return await passed
    } catch {
      return false
    } finally {
      clearTimeout(timer)
      await unlink(join(above, fence)).catch(() => undefined)
    }
  }

  return {
    async isUntouched() {
      if (closed || !untouched) return false
      untouched = (await passFence()) && untouched
      return untouched
    },
    close,
  }
}
