/** Tries a merge without a worktree: what two commits would clash in. Nothing is written into the repository, nothing of it is run. */

import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeFolder } from '../kit/remove-folder.ts'
import { command, limitedTo } from './argv.ts'
import { type Checkout, read } from './checkout.ts'
import { type Environment, settings, UNTRUSTED } from './environment.ts'
import { GitError, unexpected } from './failure.ts'
import { makePrivateFolder } from './private-folders.ts'
import { decodePath, type Oid, parseOid, type RepoPath } from './names.ts'
import { gitDirOf } from './places.ts'
import { fieldsOf } from './records.ts'
import type { Git } from './run.ts'

export type TrialMerge = { readonly kind: 'clean' } | { readonly kind: 'conflicts'; readonly files: readonly RepoPath[] }

/** Git has the empty tree built in, for both kinds of ids. */
const EMPTY_TREE = {
  40: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  64: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
} as const

/** The tree of no files, with an id as long as that one. */
export function emptyTree(like: Oid): Oid {
  const tree = parseOid(like.length === 64 ? EMPTY_TREE[64] : EMPTY_TREE[40])
  if (tree === null) throw new Error('The empty tree has no id.')
  return tree
}

/**
 * The paths that differ between two commits, sorted; `from: null` is nothing at all. A moved file counts under both of its
 * names: whoever edits the old one meets the move.
 */
export async function changedPaths(
  git: Git,
  checkout: Checkout,
  { from, to }: { readonly from: Oid | null; readonly to: Oid },
): Promise<readonly RepoPath[]> {
  const start = from ?? emptyTree(to)
  const even = ['--no-renames', '--no-ext-diff', '--no-textconv', '--no-relative', '--ignore-submodules=none'] as const
  const compare = command('diff-tree', '-r', '--no-commit-id', '--name-only', '-z', ...even, start, to)
  // A background look never fetches what a partial clone left out.
  const ended = await read(git, checkout, limitedTo(compare, []), { env: UNTRUSTED })
  if (ended.code !== 0) throw unexpected('compare two commits', ended)
  return fieldsOf(ended.stdout).map(decodePath).toSorted()
}

/**
 * Merges two commits in a private store of objects that is gone afterwards. Attributes are those of the checkout's files.
 * A file that a merge driver of the settings would merge never counts as a conflict: only the driver could tell.
 */
export async function trialMerge(git: Git, checkout: Checkout, a: Oid, b: Oid): Promise<TrialMerge> {
  return withTrialStore(git, checkout, async (env) => {
    const merged = await mergedTree(git, checkout, [a, b], env)
    if (merged.isClean) return { kind: 'clean' }
    const said = merged.conflicts.map((name) => withoutMark(name, [a, b]))
    return { kind: 'conflicts', files: [...new Set(said)].toSorted() }
  })
}

/** Runs the work with an environment in which new objects go into a private store, and no merge driver runs. The store is gone afterwards. */
export async function withTrialStore<Value>(
  git: Git,
  checkout: Checkout,
  work: (env: Environment) => Promise<Value>,
): Promise<Value> {
  const gitDir = await gitDirOf(checkout.path)
  if (gitDir === null) throw new GitError('folder-missing', `The folder ${checkout.path} is no checkout any more.`)
  const drivers = await withoutDrivers(git, checkout)
  const objects = await makePrivateFolder('merge')
  try {
    return await work({
      ...UNTRUSTED,
      ...drivers,
      GIT_OBJECT_DIRECTORY: objects,
      GIT_ALTERNATE_OBJECT_DIRECTORIES: quoted(join(gitDir.common, 'objects')),
    })
  } finally {
    await removeFolder({ path: objects, root: tmpdir() })
  }
}

/** `conflicts`: the names that git could not merge; one in the way of a folder is in the tree, and here, as `name~commit`. */
export type Merged = { readonly tree: Oid; readonly isClean: boolean; readonly conflicts: readonly RepoPath[] }

/** Merges two commits into a tree of a private store; files with conflicts have git's marks in them. */
export async function mergedTree(git: Git, checkout: Checkout, [a, b]: readonly [Oid, Oid], env: Environment): Promise<Merged> {
  const shape = ['merge-tree', '--write-tree', '-z', '--name-only', '--allow-unrelated-histories'] as const
  // Renormalizing passes files through the repository's filters.
  const merge = checkout.trusted ? command(...shape, a, b) : command('-c', 'merge.renormalize=false', ...shape, a, b)
  const ended = await read(git, checkout, merge, { env })
  const merged = ended.code === 0 || ended.code === 1 ? readMerged(ended.stdout, ended.code === 1) : null
  if (merged === null) throw unexpected('try a merge', ended)
  return merged
}

/** Reads the answer: the tree, and where there are conflicts the files, an empty field, then what git says of them. */
function readMerged(output: Buffer, hasConflicts: boolean): Merged | null {
  const [first, ...fields] = fieldsOf(output)
  const tree = parseOid(first?.toString('latin1').trimEnd() ?? '')
  if (tree === null) return null
  if (!hasConflicts) return { tree, isClean: true, conflicts: [] }
  const end = fields.findIndex((field) => field.length === 0)
  const names = end === -1 ? fields : fields.slice(0, end)
  // Folders that were moved to two places leave no file in conflict, only a message about the folder.
  const said = names.length > 0 || end === -1 ? [] : conflictMessages(fields.slice(end + 1))
  return { tree, isClean: false, conflicts: [...names, ...said].map(decodePath) }
}

/** The paths of the messages about conflicts: each is a count, so many paths, the kind and a sentence. */
function conflictMessages(fields: readonly Buffer[]): readonly Buffer[] {
  const paths: Buffer[] = []
  for (let at = 0; at < fields.length;) {
    const count = Number(fields[at]?.toString('latin1'))
    if (!Number.isInteger(count)) break
    const kind = fields[at + 1 + count]?.toString('latin1') ?? ''
    if (kind.startsWith('CONFLICT')) paths.push(...fields.slice(at + 1, at + 1 + count))
    at += count + 3
  }
  return paths
}

/** A file in the way of a folder shows as `name~commit`; its own name is the one that a user knows. */
function withoutMark(path: RepoPath, commits: readonly [Oid, Oid]): RepoPath {
  const mark = /~([0-9a-f]+)(?:_\d+)?$/u.exec(path)
  return mark !== null && commits.some((commit) => commit === mark[1]) ? (path.slice(0, mark.index) as RepoPath) : path
}

/** As git reads a list of folders: a quoted one may hold the character between two. */
export function quoted(folder: string): string {
  return `"${folder.replaceAll('\\', String.raw`\\`).replaceAll('"', String.raw`\"`)}"`
}

/** Takes the place of every merge driver, the user's own too: drivers write where they like, and this runs unasked. */
async function withoutDrivers(git: Git, checkout: Checkout): Promise<Environment> {
  const ended = await read(git, checkout, command('config', '--list', '-z', '--name-only'))
  if (ended.code !== 0) throw unexpected('read the settings of the repository', ended)
  const keys = fieldsOf(ended.stdout).filter((key) => /^merge\..*\.driver$/su.test(key.toString('latin1')))
  const names = keys.map((key) => {
    const name = key.toString()
    if (Buffer.from(name).equals(key)) return name
    throw new GitError('failed', 'The settings of the repository name a merge driver that is no UTF-8 text.')
  })
  return settings([...new Set(names)].map((name) => [name, 'true'] as const))
}
