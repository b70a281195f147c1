/** The files that `.worktreeinclude` names, as Claude Code reads it: git's own ignore syntax, and only what git ignores. Reads only. */

import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import { command } from '../git/argv.ts'
import { type Checkout, read } from '../git/checkout.ts'
import { unexpected } from '../git/failure.ts'
import { decodePath, pathBytes, type RepoPath } from '../git/names.ts'
import { fieldsOf } from '../git/records.ts'
import type { Git } from '../git/run.ts'

export const WORKTREE_INCLUDE = '.worktreeinclude'

/** Takes the main checkout; gives the files there that its `.worktreeinclude` matches and that git ignores. */
export async function includedFiles(git: Git, checkout: Checkout): Promise<readonly RepoPath[]> {
  const list = await lstat(join(checkout.path, WORKTREE_INCLUDE)).catch(() => null)
  if (list === null || !list.isFile()) return []
  const matching = command('ls-files', '--others', '--ignored', '--exclude-from=.worktreeinclude', '-z')
  const matched = await read(git, checkout, matching)
  if (matched.code !== 0) throw unexpected('list the files that .worktreeinclude names', matched)
  // A repository of its own inside the checkout stays where it is.
  const files = fieldsOf(matched.stdout).filter((field) => field.at(-1) !== 0x2f)
  if (files.length === 0) return []
  const stdin = Buffer.concat(files.flatMap((file) => [pathBytes(decodePath(file)), Buffer.of(0)]))
  const ignored = await read(git, checkout, command('check-ignore', '-z', '--stdin'), { stdin })
  // 1: none of them.
  if (ignored.code > 1) throw unexpected('tell which files are ignored', ignored)
  return fieldsOf(ignored.stdout).map(decodePath)
}
