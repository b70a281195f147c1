/** Looks at some paths of a worktree alone, and puts what it sees into what the last whole look saw. Gives up where that would not be exact. */

import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import { changedFiles, type ChangedFile } from '../git/diff.ts'
import type { RepoPath } from '../git/names.ts'
import type { Git } from '../git/run.ts'
import { statusOfPaths } from '../git/touched.ts'
import { HANDOFF_FILE } from '../../shared/model/handoff.ts'
import { type Memory, type Observed, sizeOf } from './observing.ts'
import type { Work } from './view.ts'

export type PathsLook = {
  readonly work: Work
  /** Those of the paths that are folders. */
  readonly folders: readonly RepoPath[]
  readonly ignored: readonly RepoPath[]
}

/** A file that is only changed is never taken for another one that moved. */
const isPlain = ({ status }: ChangedFile): boolean => status === 'modified' || status === 'type-changed'
const isMove = ({ status }: ChangedFile): boolean => status === 'deleted' || status === 'renamed' || status === 'copied'

/** Two or three git processes. Null: only a look at all would be exact. */
export async function lookAtPaths(
  git: Git,
  last: Work,
  { worktree, branch, target }: Observed,
  { memory, paths }: { readonly memory: Memory; readonly paths: readonly RepoPath[] },
): Promise<PathsLook | null> {
  const { seen } = memory
  if (seen === null || seen.target !== target || last.problem !== undefined) return null
  if (paths.length === 0) return { work: last, folders: [], ignored: [] }
  if (paths.some((path) => path === HANDOFF_FILE)) return null
  const isTouched = within(paths)
  if (seen.changes.some(({ oldPath }) => oldPath !== undefined)) return null

  const ofPaths = { from: seen.base, to: 'worktree', paths } as const
  const before = seen.files.filter(({ path }) => isTouched(path))
  // Files that were only edited so far are edited again, as a rule: then neither question waits for the other.
  const plain = new Set<string>(before.filter(isPlain).map(({ path }) => path))
  const [status, early] = await Promise.all([
    statusOfPaths(git, worktree, paths),
    paths.every((path) => plain.has(path)) ? changedFiles(git, worktree, { ...ofPaths, untracked: [] }) : null,
  ])
  if (status.head !== seen.head || status.branch !== branch || status.operation !== undefined) return null
  if (status.changes.some(({ oldPath }) => oldPath !== undefined)) return null
  // A repository inside the worktree, or one that became one.
  if ([...seen.changes, ...status.changes].some(({ path }) => path.endsWith('/'))) return null
  const changes = [...seen.changes.filter(({ path }) => !isTouched(path)), ...status.changes]

  // What was as it is in the target and is as it is in the last commit, is what it was.
  const isIdle = status.changes.length === 0 && before.length === 0 && changes.length === seen.changes.length
  const untracked = status.changes.filter(({ kind }) => kind === 'untracked').map(({ path }) => path)
  const kept = isIdle ? [] : untracked.length === 0 ? early : null
  const now = kept ?? (await changedFiles(git, worktree, { ...ofPaths, untracked }))
  const files = [...seen.files.filter(({ path }) => !isTouched(path)), ...now]
  // What comes or goes may be one half of a move, whose other half may lie elsewhere.
  const isExact = [...before, ...now].every(isPlain) || ![...seen.files, ...now].some(isMove)
  if (!isExact) return null

  memory.seen = { ...seen, changes, files }
  const kinds = await Promise.all(paths.map((path) => lstat(join(worktree.path, path)).catch(() => null)))
  return {
    work: { ...last, ...sizeOf(changes, files) },
    folders: paths.filter((_path, at) => kinds[at]?.isDirectory() === true),
    ignored: status.ignored,
  }
}

/** A test whether a path is one of these, or lies in one. */
function within(paths: readonly RepoPath[]): (path: string) => boolean {
  const named = new Set<string>(paths)
  return (path) => {
    if (named.has(path)) return true
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) if (named.has(path.slice(0, at))) return true
    return false
  }
}
