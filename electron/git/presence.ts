/** What is at a path of a checkout, looked at without following a link. Knows no commit. */

import { lstat, readdir, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { removeEmptyFolder } from '../kit/remove-folder.ts'
import type { Checkout } from './checkout.ts'
import { place } from './half-moved.ts'
import { decodePath, type RepoPath } from './names.ts'

/** Those that are there, be it as a folder, unless that is one of the other commit’s: with nothing in it but the files `others`. */
export async function presentAmong(
  there: Checkout,
  paths: readonly RepoPath[],
  others: ReadonlySet<RepoPath>,
): Promise<readonly RepoPath[]> {
  const folders = await foldersAmong(there, paths)
  const isOther = new Set(folders.filter(({ files }) => files.every((file) => others.has(file))).map(({ path }) => path))
  const found: RepoPath[] = []
  for (const path of paths) if (!isOther.has(path) && (await isPresent(there, path))) found.push(path)
  return found
}

/** Those in whose place is a folder, with the files in it. */
export async function foldersAmong(
  there: Checkout,
  paths: readonly RepoPath[],
): Promise<readonly { readonly path: RepoPath; readonly files: readonly RepoPath[] }[]> {
  const found: { path: RepoPath; files: readonly RepoPath[] }[] = []
  for (const path of paths)
    if ((await isPresent(there, path)) && (await lstat(place(there.path, path))).isDirectory())
      found.push({ path, files: await filesIn(there, path) })
  return found
}

async function filesIn(there: Checkout, folder: RepoPath): Promise<readonly RepoPath[]> {
  const entries = await readdir(place(there.path, folder), { withFileTypes: true, encoding: 'buffer' })
  const below = entries.map((entry) => {
    const path = `${folder}/${decodePath(entry.name)}` as RepoPath
    return entry.isDirectory() ? filesIn(there, path) : [path]
  })
  return (await Promise.all(below)).flat()
}

/** What lies behind a link is somewhere else. */
async function isPresent(there: Checkout, path: RepoPath): Promise<boolean> {
  const parts = path.split('/')
  for (let length = 1; length < parts.length; length += 1) {
    const folder = await lstat(place(there.path, parts.slice(0, length).join('/') as RepoPath)).catch(() => null)
    if (folder?.isDirectory() !== true) return false
  }
  return (await lstat(place(there.path, path)).catch(() => null)) !== null
}

/** The file, and the folders that were made for it. */
export async function takeAway(there: Checkout, path: RepoPath): Promise<void> {
  if (!(await isPresent(there, path))) return
  await unlink(place(there.path, path))
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder))
    if (!(await removeEmptyFolder(join(there.path, folder)))) return
}
