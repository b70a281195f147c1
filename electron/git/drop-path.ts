/** Takes one file at the top of the repository out of a branch's own commits. The old head is kept; the file stays on disk. */

import { command, limitedTo } from './argv.ts'
import { type Checkout, read, write, writeFiles } from './checkout.ts'
import { lastWords, unexpected } from './failure.ts'
import { branchRef, type Oid, parseOid, parseRef, range, type RepoPath, short } from './names.ts'
import { fieldsOf, lineOf } from './records.ts'
import { createRef, moveRef, refHead } from './refs.ts'
import type { Git } from './run.ts'
import { status } from './status.ts'

export type Dropped =
  /** `kept` is the ref that keeps the old head. */
  | { readonly kind: 'dropped'; readonly head: Oid; readonly kept: string }
  /** None of its commits touches the file. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'dirty'; readonly message: string }
  | { readonly kind: 'refused'; readonly message: string }

export type Drop = {
  readonly session: string
  readonly branch: string
  readonly from: Oid
  readonly target: Oid
  /** At the top of the repository. */
  readonly path: RepoPath
}

/** Commits are read as they are, not as a replacement of the user's shows them. */
const AS_THEY_ARE = { GIT_NO_REPLACE_OBJECTS: '1' }

/** True when the commit has that file. */
export async function hasFile(git: Git, checkout: Checkout, commit: Oid, path: RepoPath): Promise<boolean> {
  return (await entryIn(git, checkout, commit, path)) !== null
}

/** True when one of the commits that `head` has and `target` lacks touches the file. */
export async function touches(git: Git, checkout: Checkout, span: { target: Oid; head: Oid }, path: RepoPath): Promise<boolean> {
  const look = command('rev-list', '--full-history', '--max-count=1', range(span.target, span.head))
  const ended = await read(git, checkout, limitedTo(look, [path]), { env: AS_THEY_ARE })
  if (ended.code !== 0) throw unexpected('look through the commits of a branch', ended)
  return ended.stdout.length > 0
}

/** The line of a tree that names the file, without its NUL; null when there is none. */
async function entryIn(git: Git, checkout: Checkout, tree: Oid, path: RepoPath): Promise<Buffer | null> {
  const ended = await read(git, checkout, limitedTo(command('ls-tree', '-z', '--full-tree', tree), [path]), { env: AS_THEY_ARE })
  if (ended.code !== 0) throw unexpected('read a commit', ended)
  return fieldsOf(ended.stdout)[0] ?? null
}

type Raw = { readonly headers: readonly Buffer[]; readonly message: Buffer; readonly tree: Oid; readonly parents: readonly Oid[] }

/** A header with the lines that go on with it, byte for byte. */
function parseCommit(bytes: Buffer): Raw {
  const end = bytes.indexOf('\n\n')
  const head = end === -1 ? bytes : bytes.subarray(0, end + 1)
  const headers: Buffer[] = []
  for (let from = 0; from < head.length;) {
    let next = head.indexOf(0x0a, from) + 1
    while (head[next] === 0x20) next = head.indexOf(0x0a, next) + 1
    headers.push(head.subarray(from, next))
    from = next
  }
  const valuesOf = (name: string): readonly Oid[] =>
    headers
      .map((header) => header.toString('latin1'))
      .filter((header) => header.startsWith(`${name} `))
      .map((header) => parseOid(header.slice(name.length + 1).trim()))
      .filter((oid) => oid !== null)
  const [tree] = valuesOf('tree')
  if (tree === undefined) throw new Error('Git gave a commit without a tree.')
  return { headers, message: end === -1 ? Buffer.alloc(0) : bytes.subarray(end + 1), tree, parents: valuesOf('parent') }
}

/** The same commit with another tree and other parents. A signature would not be true of it. */
function rewritten({ headers, message }: Raw, tree: Oid, parents: readonly Oid[]): Buffer {
  const kept = headers.filter(
    (header) => !/^(?:tree|parent|gpgsig|gpgsig-sha256|mergetag) /u.test(header.toString('latin1', 0, 20)),
  )
  const links = [`tree ${tree}\n`, ...parents.map((parent) => `parent ${parent}\n`)].join('')
  return Buffer.concat([Buffer.from(links), ...kept, message])
}

function madeOf(what: string, ended: { readonly code: number; readonly stdout: Buffer; readonly stderr: string }): Oid {
  const oid = ended.code === 0 ? parseOid(lineOf(ended.stdout)) : null
  if (oid === null) throw unexpected(what, ended)
  return oid
}

/** Writes the commits anew, oldest first; gives what the old head has become. Each has the file as its first parent has it. */
async function rewrite(git: Git, worktree: Checkout, { from, target, path }: Drop): Promise<Oid> {
  const list = command('rev-list', '--topo-order', '--reverse', range(target, from))
  const ended = await read(git, worktree, limitedTo(list, []), { env: AS_THEY_ARE })
  if (ended.code !== 0) throw unexpected('list the commits of a branch', ended)
  const become = new Map<Oid, Oid>()
  const trees = new Map<Oid, Oid>()

  const commitOf = async (oid: Oid): Promise<Raw> => {
    const raw = await read(git, worktree, command('cat-file', 'commit', oid), { env: AS_THEY_ARE })
    if (raw.code !== 0) throw unexpected('read a commit', raw)
    return parseCommit(raw.stdout)
  }
  const treeOf = async (oid: Oid): Promise<Oid> => {
    const tree = trees.get(oid) ?? (await commitOf(oid)).tree
    trees.set(oid, tree)
    return tree
  }
  async function treeLike(tree: Oid, parent: Oid | undefined): Promise<Oid> {
    const wanted = parent === undefined ? null : await entryIn(git, worktree, await treeOf(parent), path)
    const now = await entryIn(git, worktree, tree, path)
    if (now === null ? wanted === null : wanted?.equals(now) === true) return tree
    const all = await read(git, worktree, limitedTo(command('ls-tree', '-z', '--full-tree', tree), []), { env: AS_THEY_ARE })
    if (all.code !== 0) throw unexpected('read a commit', all)
    const others = fieldsOf(all.stdout).filter((entry) => now === null || !entry.equals(now))
    const entries = wanted === null ? others : [...others, wanted]
    const stdin = Buffer.concat(entries.flatMap((entry) => [entry, Buffer.of(0)]))
    return madeOf('write a commit', await write(git, worktree, command('mktree', '-z', '--missing'), { stdin }))
  }

  for (const line of ended.stdout.toString().split('\n')) {
    const oid = parseOid(line)
    if (oid === null) continue
    const raw = await commitOf(oid)
    const parents = [...new Set(raw.parents.map((parent) => become.get(parent) ?? parent))]
    const [first] = parents
    const tree = await treeLike(raw.tree, first)
    const same =
      tree === raw.tree && parents.length === raw.parents.length && parents.every((parent, at) => parent === raw.parents[at])
    const [before] = raw.parents
    // What was empty from the beginning was meant to be.
    const emptied = parents.length === 1 && first !== undefined && (await treeOf(first)) === tree
    const wasEmpty = raw.parents.length === 1 && before !== undefined && (await treeOf(before)) === raw.tree
    if (!same && emptied && !wasEmpty) {
      become.set(oid, first)
      continue
    }
    const stdin = rewritten(raw, tree, parents)
    const now = same
      ? oid
      : madeOf('write a commit', await write(git, worktree, command('hash-object', '-t', 'commit', '-w', '--stdin'), { stdin }))
    become.set(oid, now)
    trees.set(now, tree)
  }
  return become.get(from) ?? from
}

/** Why the worktree is not as it must be; null when it is. Changes of the file itself are no matter: it stays as it is. */
async function obstacle(git: Git, worktree: Checkout, { session, branch, from, path }: Drop): Promise<Dropped | null> {
  const now = await status(git, worktree)
  if (now.branch !== branch || now.head !== from) {
    return { kind: 'refused', message: `“${session}” has moved on meanwhile. Look at it, then try again.` }
  }
  if (now.operation !== undefined) {
    return { kind: 'dirty', message: `A ${now.operation} is unfinished in ${worktree.path}. Finish or abort it, then try again.` }
  }
  if (now.changes.every((change) => change.path === path && change.kind !== 'unmerged')) return null
  return { kind: 'dirty', message: `“${session}” has uncommitted changes. Commit or discard them, then try again.` }
}

/**
 * Rewrites what `branch` has and `target` lacks without the file: authors, dates and messages stay as they are, byte for byte; merges
 * stay merges; what holds nothing any more goes; signatures go. The old head is kept under `refs/sluice/backup/…`. The branch moves only
 * from `from`, and only while its worktree is clean and on it. The user must have trusted the repository.
 */
export async function dropPath(git: Git, worktree: Checkout, drop: Drop): Promise<Dropped> {
  const { session, branch, from, path } = drop
  const ref = branchRef(branch)
  const keep = parseRef(`refs/sluice/backup/${session}/${short(from)}`)
  if (ref === null || keep === null) return { kind: 'refused', message: `“${session}” cannot be the name of a branch.` }
  const hindered = await obstacle(git, worktree, drop)
  if (hindered !== null) return hindered
  const head = await rewrite(git, worktree, drop)
  if (head === from) return { kind: 'nothing' }
  if ((await createRef(git, worktree, { ref: keep, to: from })) === 'exists' && (await refHead(git, worktree, keep)) !== from) {
    return { kind: 'refused', message: `${keep} is taken, so the old commits could not be kept there. Nothing was changed.` }
  }
  const late = await obstacle(git, worktree, drop)
  if (late !== null) return late
  if ((await moveRef(git, worktree, { ref, to: head, from })) !== 'moved') {
    return { kind: 'refused', message: `“${session}” has moved on meanwhile. Look at it, then try again.` }
  }
  const ended = await writeFiles(git, worktree, limitedTo(command('reset', '--quiet', head), [path]))
  // Up to git 2.37 it ends with 1 when something is changed.
  if (ended.code <= 1) return { kind: 'dropped', head, kept: keep }
  const message = `${path} is out of the commits of “${session}”, and still staged in its worktree: ${lastWords(ended.stderr)} Run “git reset -- ${path}” in ${worktree.path}.`
  return { kind: 'refused', message }
}
