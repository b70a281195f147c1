/** Branches, tags and commits: reading them, and moving a ref only from the commit it is known to be at. */

import { command, limitedTo } from './argv.ts'
import { type Checkout, read, write } from './checkout.ts'
import { unexpected } from './failure.ts'
import {
  absent,
  branchOf,
  branchRef,
  decodePath,
  difference,
  type Oid,
  parseOid,
  parseRef,
  peeled,
  range,
  type Ref,
} from './names.ts'
import { lineOf } from './records.ts'
import type { Git } from './run.ts'
import { branchCheckedOutAt } from './worktrees.ts'

/** The branch that is checked out here; null when HEAD is detached. */
export async function currentBranch(git: Git, checkout: Checkout): Promise<string | null> {
  const ended = await read(git, checkout, command('symbolic-ref', '--quiet', 'HEAD'))
  if (ended.code === 1) return null
  if (ended.code !== 0) throw unexpected('tell which branch is checked out', ended)
  return branchOf(decodePath(ended.stdout.subarray(0, -1)))
}

/** The commit that is checked out here; null when there is none yet. */
export async function headOf(git: Git, checkout: Checkout): Promise<Oid | null> {
  const ended = await read(git, checkout, command('rev-parse', '--verify', '--quiet', 'HEAD^{commit}'))
  if (ended.code === 1) return null
  if (ended.code !== 0) throw unexpected('read HEAD', ended)
  return parseOid(lineOf(ended.stdout))
}

export type RefValue = {
  readonly oid: Oid
  /** The full ref that this one is only another name for. */ readonly aliasOf: string | null
}

/** What exactly these refs point to; git's guessing of other names is never used. */
export async function refValues(git: Git, checkout: Checkout, refs: readonly Ref[]): Promise<ReadonlyMap<Ref, RefValue>> {
  const values = new Map<Ref, RefValue>()
  if (refs.length === 0) return values
  const format = '--format=%(refname)%00%(objectname)%00%(symref)'
  const ended = await read(git, checkout, command('for-each-ref', format, ...refs))
  if (ended.code !== 0) throw unexpected('read the branches', ended)
  for (const line of ended.stdout.toString().split('\n')) {
    const [name, id, alias] = line.split('\0')
    const ref = refs.find((ref) => ref === name)
    const oid = parseOid(id ?? '')
    if (ref !== undefined && oid !== null) values.set(ref, { oid, aliasOf: alias === undefined || alias === '' ? null : alias })
  }
  return values
}

/** The commit a local branch points to; null when there is no such branch. */
export async function branchHead(git: Git, checkout: Checkout, branch: string): Promise<Oid | null> {
  const ref = branchRef(branch)
  return ref === null ? null : refHead(git, checkout, ref)
}

/** The object a full ref points to; null when there is no such ref. */
export async function refHead(git: Git, checkout: Checkout, ref: Ref): Promise<Oid | null> {
  return (await refValues(git, checkout, [ref])).get(ref)?.oid ?? null
}

/**
 * Takes what a person typed: a local branch, a remote branch, a tag, a full ref or a full commit id, tried in this order.
 * Gives the commit; null when it names none.
 */
export async function resolveCommit(git: Git, checkout: Checkout, typed: string): Promise<Oid | null> {
  const candidates = [`refs/heads/${typed}`, `refs/remotes/${typed}`, `refs/tags/${typed}`, typed].map(parseRef)
  const refs = candidates.filter((ref) => ref !== null)
  const values = await refValues(git, checkout, refs)
  const found = refs.flatMap((ref) => values.get(ref)?.oid ?? [])[0] ?? parseOid(typed)
  return found === null ? null : commitOf(git, checkout, found)
}

/** The commit that an object is, or that a tag leads to; null when it is no commit or not here. */
async function commitOf(git: Git, checkout: Checkout, oid: Oid): Promise<Oid | null> {
  const ended = await read(git, checkout, command('rev-parse', '--verify', '--quiet', peeled(oid, 'commit')))
  return ended.code === 0 ? parseOid(lineOf(ended.stdout)) : null
}

export type RefMove = 'moved' | 'changed-meanwhile'

/** Moves a ref from one commit to another; does nothing when it is not at `from` any more. */
export async function moveRef(git: Git, checkout: Checkout, move: { ref: Ref; to: Oid; from: Oid }): Promise<RefMove> {
  const { ref, to, from } = move
  const ended = await write(git, checkout, command('update-ref', '--no-deref', '-m', 'sluice: move', ref, to, from))
  if (ended.code === 0) return 'moved'
  if ((await refHead(git, checkout, ref)) !== from) return 'changed-meanwhile'
  throw unexpected(`move ${ref}`, ended)
}

/** Makes a ref; leaves one that is there already as it is. */
export async function createRef(git: Git, checkout: Checkout, { ref, to }: { ref: Ref; to: Oid }): Promise<'created' | 'exists'> {
  const ended = await write(git, checkout, command('update-ref', '--no-deref', '-m', 'sluice: keep', ref, to, absent(to)))
  if (ended.code === 0) return 'created'
  if ((await refHead(git, checkout, ref)) !== null) return 'exists'
  throw unexpected(`make ${ref}`, ended)
}

/** Deletes a ref; does nothing when it is not at `expected`. Whether a checkout uses it is the caller's question. */
export async function deleteRef(
  git: Git,
  checkout: Checkout,
  { ref, expected }: { ref: Ref; expected: Oid },
): Promise<'deleted' | 'changed-meanwhile'> {
  const ended = await write(git, checkout, command('update-ref', '--no-deref', '-d', ref, expected))
  if (ended.code === 0) return 'deleted'
  if ((await refHead(git, checkout, ref)) !== expected) return 'changed-meanwhile'
  throw unexpected(`delete ${ref}`, ended)
}

/** Deletes a local branch that no worktree uses; does nothing when it is not at `expected`. */
export async function deleteBranch(
  git: Git,
  checkout: Checkout,
  branch: string,
  expected: Oid,
): Promise<'deleted' | 'changed-meanwhile' | 'checked-out'> {
  const ref = branchRef(branch)
  if (ref === null) return 'changed-meanwhile'
  if ((await branchCheckedOutAt(git, checkout, branch)) !== null) return 'checked-out'
  return deleteRef(git, checkout, { ref, expected })
}

/** True when everything in `ancestor` is also in `of`. */
export async function isAncestor(git: Git, checkout: Checkout, { ancestor, of }: { ancestor: Oid; of: Oid }): Promise<boolean> {
  const ended = await read(git, checkout, command('merge-base', '--is-ancestor', ancestor, of))
  if (ended.code > 1) throw unexpected('compare two commits', ended)
  return ended.code === 0
}

/** The newest commit that both have; null when their histories never met. */
export async function mergeBase(git: Git, checkout: Checkout, a: Oid, b: Oid): Promise<Oid | null> {
  const ended = await read(git, checkout, command('merge-base', a, b))
  if (ended.code === 1) return null
  if (ended.code !== 0) throw unexpected('find where two branches parted', ended)
  return parseOid(lineOf(ended.stdout))
}

/** What a commit was made on; null for the first of a history. */
export async function firstParent(git: Git, checkout: Checkout, commit: Oid): Promise<Oid | null> {
  const ended = await read(git, checkout, limitedTo(command('rev-list', '--parents', '--max-count=1', commit), []))
  if (ended.code !== 0) throw unexpected('read a commit', ended)
  return parseOid(lineOf(ended.stdout).split(' ')[1] ?? '')
}

/** How many commits `a` has that `b` lacks, and the other way round. */
export async function aheadBehind(git: Git, checkout: Checkout, a: Oid, b: Oid): Promise<{ ahead: number; behind: number }> {
  const ended = await read(git, checkout, command('rev-list', '--count', '--left-right', difference(a, b)))
  if (ended.code !== 0) throw unexpected('count the commits of a branch', ended)
  const [ahead, behind] = lineOf(ended.stdout).split('\t').map(Number)
  return { ahead: ahead ?? 0, behind: behind ?? 0 }
}

export type Commit = {
  readonly oid: Oid
  readonly subject: string
  readonly author: string
  /** ISO 8601, UTC. */ readonly at: string
}

/** The commits that `to` has and `from` lacks, newest first; at most `limit`. */
export async function listCommits(
  git: Git,
  checkout: Checkout,
  span: { from: Oid; to: Oid; limit?: number },
): Promise<readonly Commit[]> {
  // rev-list, not log: it never checks signatures, whatever the repository's settings say.
  const format = '--format=%H%x00%an%x00%at%x00%s'
  const ended = await read(
    git,
    checkout,
    limitedTo(command('rev-list', '--no-commit-header', '--encoding=UTF-8', format, range(span.from, span.to)), []),
  )
  if (ended.code !== 0) throw unexpected('list the commits of a branch', ended)
  const commits: Commit[] = []
  for (const line of ended.stdout.toString().split('\n')) {
    const [id, author, seconds, subject] = line.split('\0')
    const oid = parseOid(id ?? '')
    if (oid === null) continue
    if (commits.length >= (span.limit ?? Infinity)) break
    commits.push({ oid, subject: subject ?? '', author: author ?? '', at: new Date(Number(seconds) * 1000).toISOString() })
  }
  return commits
}
