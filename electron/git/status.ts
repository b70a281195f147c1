/** What is changed in one checkout, untracked files always included. Reads only. */

import { command } from './argv.ts'
import { type Checkout, readFiles } from './checkout.ts'
import { unexpected } from './failure.ts'
import { decodePath, type Oid, parseOid, type RepoPath } from './names.ts'
import { gitDirOf, type Operation, operationIn } from './places.ts'
import { fieldsOf, wordsThenRest } from './records.ts'
import { currentBranch } from './refs.ts'
import type { Git } from './run.ts'

export type WorktreeChange = {
  readonly path: RepoPath
  readonly oldPath?: RepoPath
  readonly kind: 'changed' | 'untracked' | 'unmerged'
}

export type Status = {
  /** Null before the first commit. */
  readonly head: Oid | null
  /** Null when HEAD is detached. */
  readonly branch: string | null
  readonly changes: readonly WorktreeChange[]
  /** What git is in the middle of here. */
  readonly operation?: Operation
}

/** The state of a checkout. Before trust, submodules are not looked into. */
export async function status(git: Git, checkout: Checkout): Promise<Status> {
  const submodules = checkout.trusted ? '--ignore-submodules=none' : '--ignore-submodules=all'
  const ended = await readFiles(
    git,
    checkout,
    command(
      'status',
      '--porcelain=v2',
      '-z',
      '--branch',
      '--untracked-files=all',
      '--no-ahead-behind',
      '--find-renames',
      submodules,
    ),
  )
  if (ended.code !== 0) throw unexpected(`read the state of ${checkout.path}`, ended)
  const gitDir = await gitDirOf(checkout.path)
  const operation = gitDir === null ? null : await operationIn(gitDir)
  const parsed = parseStatus(ended.stdout)
  // A branch can be called “(detached)”, which is also what git writes when there is none.
  const branch = parsed.branch === '(detached)' ? await currentBranch(git, checkout) : parsed.branch
  return { ...parsed, branch, ...(operation === null ? {} : { operation }) }
}

/** True when the checkout has no change at all: neither staged, nor in files, nor untracked, nor half way through something. */
export async function worktreeIsPristine(git: Git, checkout: Checkout): Promise<boolean> {
  const { changes, operation } = await status(git, checkout)
  return changes.length === 0 && operation === undefined
}

/** Reads `git status --porcelain=v2 -z --branch`. */
export function parseStatus(output: Buffer): Status {
  let head: Oid | null = null
  let branch: string | null = null
  const changes: WorktreeChange[] = []
  const fields = fieldsOf(output)
  for (let at = 0; at < fields.length; at += 1) {
    const field = fields[at]!
    const mark = String.fromCharCode(field[0] ?? 0)
    if (mark === '#') {
      const { words, rest } = wordsThenRest(field, 2)
      if (words[1] === 'branch.oid') head = parseOid(rest.toString())
      if (words[1] === 'branch.head') branch = decodePath(rest)
    } else if (mark === '1') {
      changes.push({ kind: 'changed', path: decodePath(wordsThenRest(field, 8).rest) })
    } else if (mark === '2') {
      const oldPath = fields[(at += 1)]
      const path = decodePath(wordsThenRest(field, 9).rest)
      changes.push({ kind: 'changed', path, ...(oldPath === undefined ? {} : { oldPath: decodePath(oldPath) }) })
    } else if (mark === 'u') {
      changes.push({ kind: 'unmerged', path: decodePath(wordsThenRest(field, 10).rest) })
    } else if (mark === '?') {
      changes.push({ kind: 'untracked', path: decodePath(field.subarray(2)) })
    }
  }
  return { head, branch, changes }
}
