/** The worktrees of a repository: which there are, what uses a branch, locking. Adding is `add-worktree.ts`, removing `discard.ts`. */

import { command } from './argv.ts'
import { type Checkout, read, write } from './checkout.ts'
import { GitError, unexpected } from './failure.ts'
import { branchOf, branchRef, decodePath, type Oid, parseAbsolutePath, parseOid, type RepoPath } from './names.ts'
import { awaitedRefs, exists, gitDirOf, realPathOf } from './places.ts'
import { fieldsOf } from './records.ts'
import { placeOf, registrationsOf } from './registrations.ts'
import type { Git } from './run.ts'

/** Why a session's worktree is locked: what git says to whoever tries to remove it. */
export const LOCK_REASON = 'A Sluice session lives here.'

export type Worktree = {
  readonly path: string
  readonly head: Oid | null
  /** Null when HEAD is detached. */
  readonly branch: string | null
  readonly bare: boolean
  /** The reason it is locked for, possibly empty; null when it is not locked. */
  readonly locked: string | null
  /** The checkout that was there first, which git never removes. */
  readonly main: boolean
}

/** Every worktree that git has registered, the main checkout first. */
export async function listWorktrees(git: Git, checkout: Checkout): Promise<readonly Worktree[]> {
  const ended = await read(git, checkout, command('worktree', 'list', '--porcelain', '-z'))
  if (ended.code !== 0) throw unexpected('list the worktrees', ended)
  const [main, ...linked] = parseWorktrees(ended.stdout)
  if (main === undefined) return []
  return [{ ...main, path: await mainPath(main.path, checkout) }, ...linked]
}

/** Git guesses the main checkout from its git folder, wrongly when that folder lies elsewhere. */
async function mainPath(guess: string, checkout: Checkout): Promise<string> {
  if (await exists(`${guess}/.git`)) return guess
  const gitDir = await gitDirOf(checkout.path)
  return gitDir !== null && gitDir.own === gitDir.common ? ((await realPathOf(checkout.path)) ?? guess) : guess
}

/** Reads `git worktree list --porcelain -z`: lines end with NUL, and an empty one ends a worktree. */
export function parseWorktrees(output: Buffer): readonly Worktree[] {
  const worktrees: Worktree[] = []
  let lines = new Map<string, RepoPath>()
  for (const field of [...fieldsOf(output), Buffer.alloc(0)]) {
    if (field.length > 0) {
      const blank = field.indexOf(0x20)
      const end = blank === -1 ? field.length : blank
      lines.set(field.toString('latin1', 0, end), decodePath(field.subarray(end + 1)))
      continue
    }
    const path = lines.get('worktree')
    if (path !== undefined) {
      worktrees.push({
        path,
        head: parseOid(lines.get('HEAD') ?? ''),
        branch: branchOf(lines.get('branch') ?? ''),
        bare: lines.has('bare'),
        locked: lines.get('locked') ?? null,
        main: worktrees.length === 0,
      })
    }
    lines = new Map()
  }
  return worktrees
}

/** The registration of a folder, found by its real path, or by its name when the folder is gone; null when there is none. */
export async function worktreeAt(git: Git, checkout: Checkout, path: string): Promise<Worktree | null> {
  const real = (await realPathOf(path)) ?? path
  for (const worktree of await listWorktrees(git, checkout)) {
    if (worktree.path === path || worktree.path === real || (await realPathOf(worktree.path)) === real) return worktree
  }
  return null
}

export type BranchUse = {
  readonly path: string
  /** `head`: the branch is checked out there. `unfinished`: a rebase or bisect there will come back to it. */
  readonly by: 'head' | 'unfinished'
  /** The folder is gone; only git's registration is left. */
  readonly missing: boolean
}

/** Every worktree that would notice if the branch moved. */
export async function usesOfBranch(git: Git, checkout: Checkout, branch: string): Promise<readonly BranchUse[]> {
  const uses: BranchUse[] = []
  for (const { path, branch: here, bare } of await listWorktrees(git, checkout)) {
    if (bare) continue
    const gitDir = await gitDirOf(path)
    if (here === branch) uses.push({ path, by: 'head', missing: gitDir === null })
    else if (gitDir !== null && (await awaitedRefs(gitDir)).includes(`refs/heads/${branch}`)) {
      uses.push({ path, by: 'unfinished', missing: false })
    }
  }
  return uses
}

/** The folder in which a branch is checked out, or in which an unfinished rebase will come back to it; null when there is none. */
export async function branchCheckedOutAt(git: Git, checkout: Checkout, branch: string): Promise<string | null> {
  if (branchRef(branch) === null) return null
  return (await usesOfBranch(git, checkout, branch))[0]?.path ?? null
}

/** Keeps git from removing or pruning a worktree. A locked one stays as it is. */
export async function lockWorktree(git: Git, checkout: Checkout, path: string): Promise<void> {
  const registered = await registeredAt(git, checkout, path)
  if (registered.locked !== null) return
  const ended = await write(git, checkout, command('worktree', 'lock', '--reason', LOCK_REASON, registered.at))
  if (ended.code !== 0) throw unexpected(`lock the worktree ${path}`, ended)
}

/** Takes the lock away again, whoever put it there. */
export async function unlockWorktree(git: Git, checkout: Checkout, path: string): Promise<void> {
  const registered = await registeredAt(git, checkout, path)
  if (registered.locked === null) return
  const ended = await write(git, checkout, command('worktree', 'unlock', registered.at))
  if (ended.code !== 0) throw unexpected(`unlock the worktree ${path}`, ended)
}

/** Read from git's files where they name the folder: asking git takes as long as what is then done. */
async function registeredAt(git: Git, checkout: Checkout, path: string) {
  const place = await placeOf(path)
  const written = (await registrationsOf(checkout)).find((one) => one.path === place)
  const worktree = written ?? (await worktreeAt(git, checkout, path))
  const at = worktree === null ? null : parseAbsolutePath(worktree.path)
  if (worktree === null || at === null) throw new GitError('failed', `Git knows no worktree at ${path}.`)
  return { at, locked: worktree.locked }
}
