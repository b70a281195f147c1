/** Taking back a move of a checkout that hit another branch, because the user switched in that very moment. Knows nothing of why it moved. */

import { command, limitedTo } from './argv.ts'
import { type Checkout, read, writeFiles } from './checkout.ts'
import { type Oid, parseOid, short } from './names.ts'
import { lineOf } from './records.ts'
import { currentBranch, headOf } from './refs.ts'
import type { Git } from './run.ts'

/** What was moved instead; `branch` is null for a detached HEAD. */
export type Astray = { readonly branch: string | null; readonly old: Oid; readonly restored: boolean }

/**
 * To be asked right after a merge or reset that was to move `meant` to `to`. When something else is checked out, and the last
 * thing that happened to it is that it went from `ORIG_HEAD` to `to`, it is put back. Null when nothing of that kind is there.
 */
export async function takeBack(git: Git, checkout: Checkout, { meant, to }: { meant: string; to: Oid }): Promise<Astray | null> {
  const branch = await currentBranch(git, checkout)
  if (branch === meant || (await headOf(git, checkout)) !== to) return null
  const old = await originalHead(git, checkout)
  if (old === null || old === to) return null
  // A switch to a branch that stood at `to` already leaves `to` there, not the old commit.
  const before = await read(git, checkout, command('rev-parse', '--verify', '--quiet', 'HEAD@{1}^{commit}'))
  if (before.code !== 0 || parseOid(lineOf(before.stdout)) !== old) return null
  return { branch, old, restored: await goBack(git, checkout, old) }
}

/** Where a merge or reset of this worktree moved away from; null when that is not known. */
export async function originalHead(git: Git, checkout: Checkout): Promise<Oid | null> {
  const ended = await read(git, checkout, command('rev-parse', '--verify', '--quiet', 'ORIG_HEAD^{commit}'))
  return ended.code === 0 ? parseOid(lineOf(ended.stdout)) : null
}

/** Moves what is checked out back to `old`; changes of the user stay, and keep it from moving where they are in the way. */
export async function goBack(git: Git, checkout: Checkout, old: Oid): Promise<boolean> {
  await writeFiles(git, checkout, limitedTo(command('reset', '--quiet', '--keep', old), []))
  return (await headOf(git, checkout)) === old
}

/** Half a sentence for the user, about what happened to a branch that was not meant. */
export function tellAstray({ branch, old, restored }: Astray, path: string): string {
  const what = branch === null ? 'a detached HEAD' : `“${branch}”`
  const end = restored
    ? 'it was put back where it was'
    : `it could not be put back; run “git reset --keep ${short(old)}” there to do so`
  return `${what} was checked out in ${path} at that moment and moved instead; ${end}`
}
