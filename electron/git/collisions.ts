/** Which files of a checkout stand in the way of moving it from one commit to another. Reads only. */

import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Checkout } from './checkout.ts'
import { changedFiles } from './diff.ts'
import { type Oid, pathBytes, type RepoPath } from './names.ts'
import type { Git } from './run.ts'
import type { Status } from './status.ts'

/**
 * The changed or untracked files in the checkout that the move would touch, each once. Ignored files count too when the
 * move would put a file in their place: git alone would overwrite those without a word.
 */
export async function collisions(
  git: Git,
  checkout: Checkout,
  { from, to, status }: { readonly from: Oid; readonly to: Oid; readonly status: Status },
): Promise<readonly RepoPath[]> {
  const files = await changedFiles(git, checkout, { from, to })
  const touched = new Set(files.flatMap(({ path, oldPath }) => (oldPath === undefined ? [path] : [path, oldPath])))
  const removed = new Set(files.flatMap(({ path, oldPath, status }) => (status === 'deleted' ? [path] : (oldPath ?? []))))
  const found = new Set<RepoPath>()
  for (const { path, oldPath } of status.changes) {
    for (const name of oldPath === undefined ? [path] : [path, oldPath]) if (meets(name, touched)) found.add(name)
  }
  for (const { path, status } of files) {
    if (status !== 'added' && status !== 'renamed' && status !== 'copied') continue
    const obstacle = await obstacleAt(checkout.path, path, removed)
    if (obstacle !== null) found.add(obstacle)
  }
  return [...found].sort()
}

/** True when the path is touched, lies in a touched path that becomes a file, or is a folder above a touched one. */
function meets(path: RepoPath, touched: ReadonlySet<RepoPath>): boolean {
  if (touched.has(path)) return true
  const parts = path.replace(/\/$/u, '').split('/')
  for (let length = parts.length; length > 0; length -= 1) {
    if ((touched as ReadonlySet<string>).has(parts.slice(0, length).join('/'))) return true
  }
  const below = `${path.replace(/\/$/u, '')}/`
  for (const each of touched) if (each.startsWith(below)) return true
  return false
}

/** What is on disk where a new file must go and is not itself leaving: a file in its place, or a file in place of a folder above. */
async function obstacleAt(root: string, path: RepoPath, removed: ReadonlySet<RepoPath>): Promise<RepoPath | null> {
  const parts = path.split('/')
  for (let length = 1; length <= parts.length; length += 1) {
    const upTo = parts.slice(0, length).join('/') as RepoPath
    const entry = await lstat(Buffer.concat([Buffer.from(join(root, '/')), pathBytes(upTo)])).catch(() => null)
    if (entry === null) return null
    if (entry.isDirectory()) continue
    return removed.has(upTo) ? null : upTo
  }
  return null
}
