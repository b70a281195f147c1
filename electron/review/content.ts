/** What files of a session's work hold, now or in a commit: for the lines that a comment is about. Follows no link, runs nothing. */

import { createHash } from 'node:crypto'
import { filesIn } from '../git/blobs.ts'
import type { Checkout } from '../git/checkout.ts'
import { type Oid, parseRepoPath, type RepoPath } from '../git/names.ts'
import type { Git } from '../git/run.ts'
import { fileBytes, LARGE } from './worktree-file.ts'

/** Nobody comments on the lines of a larger one. */
export const MAX_FILE_BYTES = 8 * 1024 * 1024

/** Where a version of a file lies: in the worktree, or in a commit. */
export type Version = { readonly path: string; readonly at: Oid | 'worktree' }

/** Takes versions of files; gives what each holds, null where there is no such file. One git process at most. */
export async function contentsOf(
  git: Git,
  { repository, worktree }: { readonly repository: Checkout; readonly worktree: string },
  versions: readonly Version[],
): Promise<readonly (string | null)[]> {
  const found = new Map<string, string | null>()
  const key = ({ at, path }: Version): string => `${at} ${path}`
  const unique = [...new Map(versions.map((version) => [key(version), version])).values()]
  const named = unique.flatMap((version) => {
    const path = parseRepoPath(version.path)
    return path === null ? [] : [{ version, path }]
  })
  const inCommits = named.flatMap(({ version, path }) =>
    version.at === 'worktree' ? [] : [{ version, file: { commit: version.at, path } }],
  )
  const blobs = await filesIn(
    git,
    repository,
    inCommits.map(({ file }) => file),
  )
  inCommits.forEach(({ version }, at) => found.set(key(version), blobs[at]?.toString() ?? null))
  for (const { version, path } of named) {
    if (version.at === 'worktree') found.set(key(version), await fileText(worktree, path))
  }
  return versions.map((version) => found.get(key(version)) ?? null)
}

async function fileText(worktree: string, path: RepoPath): Promise<string | null> {
  const bytes = await fileBytes(worktree, path, MAX_FILE_BYTES)
  return bytes === null || bytes === LARGE ? null : bytes.toString()
}

/** What a file holds, in so few characters that it can be kept; null where there is none. */
export function printOf(text: string | null): string | null {
  return text === null ? null : createHash('sha256').update(text).digest('hex')
}
