/** Watches the folders of a worktree and says which files in them were touched. Knows no git: which folders is the caller's word. */

import { watch, type FSWatcher } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

export type FilesWatch = {
  /** Watches a folder, by its path in the worktree ('' is the worktree itself), and those in it but the ones that are left out. */
  addBelow(folder: string, leftOut: ReadonlySet<string>): Promise<void>
  has(folder: string): boolean
  /** How many folders are watched. */
  size(): number
  close(): void
}

/** More folders than this are not watched. */
const MOST_FOLDERS = 30_000

/** `heard`: something at that path was touched, made or removed. `lost`: not everything is watched; nothing is heard any more. */
export function createFilesWatch(
  root: string,
  { heard, lost }: { heard(path: string): void; lost(error: unknown): void },
): FilesWatch {
  const watchers = new Map<string, FSWatcher>()
  let closed = false

  function close(): void {
    closed = true
    for (const watcher of watchers.values()) watcher.close()
    watchers.clear()
  }

  function giveUp(error: unknown): void {
    if (closed) return
    close()
    lost(error)
  }

  function drop(folder: string): void {
    if (!watchers.has(folder)) return
    for (const [path, watcher] of watchers) {
      if (path !== folder && !path.startsWith(`${folder}/`)) continue
      watcher.close()
      watchers.delete(path)
    }
  }

  function follow(folder: string): void {
    if (closed || watchers.has(folder)) return
    if (watchers.size >= MOST_FOLDERS) return giveUp(new Error(`more than ${MOST_FOLDERS} folders`))
    const under = folder === '' ? '' : `${folder}/`
    try {
      const watcher = watch(join(root, folder), { persistent: false }, (event, name) => {
        if (closed) return
        // Nobody knows what, or it has a name that is no text: the folder itself tells.
        if (name === null || name.includes('\ufffd')) return heard(folder)
        if (folder === '' && name === '.git') return
        // What was there under that name may be gone, and the watch of it with it.
        if (event === 'rename') drop(under + name)
        heard(under + name)
      })
      watcher.on('error', () => drop(folder))
      watchers.set(folder, watcher)
    } catch (error) {
      // One that is gone again is told by the folder above it.
      if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return
      giveUp(error)
    }
  }

  return {
    async addBelow(folder, leftOut) {
      const found = leftOut.has(folder) ? [] : [folder]
      for (let at = 0; at < found.length && !closed; at += 1) {
        const here = found[at] ?? folder
        // The watch first: what comes into it from now on is heard.
        follow(here)
        const entries = await readdir(join(root, here), { withFileTypes: true }).catch(() => [])
        for (const entry of entries) {
          const path = here === '' ? entry.name : `${here}/${entry.name}`
          if (entry.isDirectory() && entry.name !== '.git' && !leftOut.has(path)) found.push(path)
        }
      }
    },
    has: (folder) => watchers.has(folder),
    size: () => watchers.size,
    close,
  }
}
