/** Tells what a git that was killed on the way from one commit to another left in a worktree from what somebody put there. Writes nothing of it. */

import { lstat, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { removeFolder } from '../kit/remove-folder.ts'
import { command } from './argv.ts'
import { type Checkout, writeFiles } from './checkout.ts'
import { unexpected } from './failure.ts'
import { asPaths, listOf } from './look.ts'
import { type Oid, pathBytes, type RepoPath } from './names.ts'
import { operationIn } from './places.ts'
import { type PrivateIndex, withPrivateIndex } from './private-index.ts'
import { makePrivateFolder } from './private-folders.ts'
import type { Ended, Git } from './run.ts'

/** Git writes one file at a time, or as many as it has workers: more than these are not cut off in the middle. */
const MOST_CUT_OFF = 64

/** True when every file there is as one of the two commits has it, or the beginning of what the second one has. */
export async function isHalfMoved(
  git: Git,
  there: Checkout,
  { from, to }: { readonly from: Oid; readonly to: Oid },
): Promise<boolean> {
  if (!there.trusted) return false
  return withPrivateIndex(git, there, async (index) => {
    if ((await operationIn(index.gitDir)) !== null) return false
    if (!(await hasStaged(index, from)) && !(await hasStaged(index, to))) return false
    const unlikeFirst = new Set(await unlike(index, from))
    const unlikeBoth = (await unlike(index, to)).filter((path) => unlikeFirst.has(path))
    return unlikeBoth.length <= MOST_CUT_OFF && (await notBegun(git, there, index, unlikeBoth)).length === 0
  })
}

async function hasStaged(index: PrivateIndex, commit: Oid): Promise<boolean> {
  return (await index.run(command('diff-index', '--cached', '--quiet', commit))).code === 0
}

async function listed(ended: Promise<Ended>): Promise<readonly RepoPath[]> {
  const done = await ended
  if (done.code !== 0) throw unexpected('compare the files with a commit', done)
  return asPaths(done.stdout)
}

/** The files of the commit that are not as it has them. Leaves the index at the commit. */
export async function changedSince(index: PrivateIndex, commit: Oid): Promise<readonly RepoPath[]> {
  const filled = await index.change(command('read-tree', '--reset', '-i', commit))
  if (filled.code !== 0) throw unexpected('read a commit', filled)
  // Ends with 1 where files differ, which is what is asked next.
  await index.change(command('update-index', '-q', '--refresh'))
  return listed(index.run(command('diff-files', '--name-only', '--no-renames', '--ignore-submodules=none', '-z')))
}

/** The same, and those that the commit does not have, ignored or not. */
async function unlike(index: PrivateIndex, commit: Oid): Promise<readonly RepoPath[]> {
  return [...(await changedSince(index, commit)), ...(await listed(index.run(command('ls-files', '--others', '-z'))))]
}

/** Those of the files that are neither missing, nor begin as the commit that the index is at would have them written. */
export async function notBegun(
  git: Git,
  there: Checkout,
  index: PrivateIndex,
  paths: readonly RepoPath[],
): Promise<readonly RepoPath[]> {
  if (paths.length === 0) return []
  const folder = await makePrivateFolder('index')
  try {
    const env = { GIT_DIR: index.gitDir.own, GIT_WORK_TREE: folder, GIT_INDEX_FILE: index.file }
    const elsewhere: Checkout = { ...there, path: folder }
    await writeFiles(git, elsewhere, command('checkout-index', '--force', '-z', '--stdin'), { env, stdin: listOf(paths) })
    const found: RepoPath[] = []
    for (const path of paths) if (!(await isBegun(place(there.path, path), place(folder, path)))) found.push(path)
    return found
  } finally {
    await removeFolder({ path: folder, root: tmpdir() })
  }
}

export const place = (folder: string, path: RepoPath): Buffer => Buffer.concat([Buffer.from(`${folder}/`), pathBytes(path)])

async function isBegun(file: Buffer, whole: Buffer): Promise<boolean> {
  const entry = await lstat(file).catch(() => null)
  if (entry === null) return true
  const wanted = await lstat(whole).catch(() => null)
  if (!entry.isFile() || wanted?.isFile() !== true || entry.size > wanted.size) return false
  return (await readFile(whole)).subarray(0, entry.size).equals(await readFile(file))
}
