/** What changed between two commits, or a commit and the files of a checkout with its untracked ones. Reads only. */

import type { DiffFile, FileStatus } from '../../shared/model/diff.ts'
import { type Command, command, limitedTo, portions } from './argv.ts'
import { type Checkout, read, readFiles } from './checkout.ts'
import type { Environment } from './environment.ts'
import { unexpected } from './failure.ts'
import { decodePath, type Oid, parseRepoPath, type RepoPath } from './names.ts'
import { fieldsOf } from './records.ts'
import type { Ended, Git } from './run.ts'
import { untrackedFiles, withUntracked } from './untracked.ts'

export type DiffSpan = { readonly from: Oid; readonly to: Oid | 'worktree' }

/** One changed file as git's raw lines have it; `path` is lossless. */
export type ChangedFile = Omit<DiffFile, 'path' | 'oldPath' | 'viewed'> & { readonly path: RepoPath; readonly oldPath?: RepoPath }

// No setting of the repository or the user may change what comes out, or start a command. Larger files count as binary.
const EVEN = [
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--find-renames',
  '-l1000',
  '--diff-algorithm=histogram',
  '--src-prefix=a/',
  '--dst-prefix=b/',
  '--no-relative',
  '--full-index',
  '--submodule=short',
] as const
const BIG_FILES = ['-c', 'core.bigFileThreshold=16m'] as const

function between(from: Oid, to: Oid, ...shape: ('--raw' | '--numstat' | '-z' | '--patch')[]): Command {
  return limitedTo(command(...BIG_FILES, 'diff-tree', '-r', '--no-commit-id', ...EVEN, ...shape, from, to), [])
}

function inWorktree(from: Oid, checkout: Checkout, ...shape: ('--raw' | '--numstat' | '-z' | '--patch')[]): Command {
  const submodules = checkout.trusted ? '--ignore-submodules=none' : '--ignore-submodules=all'
  const even = [...EVEN, '-O/dev/null', '--unified=3', '--inter-hunk-context=0', submodules] as const
  return limitedTo(command(...BIG_FILES, 'diff', ...even, ...shape, from), [])
}

/** The changed files with their line counts, in git's order. Untracked files of a worktree are among them, as added. */
export async function diffFiles(git: Git, checkout: Checkout, { from, to }: DiffSpan): Promise<readonly DiffFile[]> {
  return (await changedFiles(git, checkout, { from, to })).map((file) => ({ ...file, viewed: false }))
}

/** The same, for the rest of this folder. */
export async function changedFiles(git: Git, checkout: Checkout, { from, to }: DiffSpan): Promise<readonly ChangedFile[]> {
  if (to !== 'worktree') return parsed(await read(git, checkout, between(from, to, '--raw', '--numstat', '-z')))
  const untracked = await untrackedFiles(git, checkout)
  const list = await withUntracked(git, checkout, { files: untracked, digits: from.length }, async (env) =>
    parsed(await readFiles(git, checkout, inWorktree(from, checkout, '--raw', '--numstat', '-z'), { env })),
  )
  const inner = untracked.filter((path) => path.endsWith('/'))
  return [...list, ...inner.map((path) => ({ path, status: 'added' as const, insertions: 0, deletions: 0, binary: false }))]
}

function parsed(ended: Ended): readonly ChangedFile[] {
  if (ended.code !== 0) throw unexpected('compare the files', ended)
  return parseRawAndNumstat(ended.stdout)
}

const STATUSES: Readonly<Record<string, FileStatus>> = {
  A: 'added',
  M: 'modified',
  D: 'deleted',
  R: 'renamed',
  C: 'copied',
  T: 'type-changed',
  U: 'unmerged',
}

/** Reads `--raw --numstat -z`: first every raw record, then every count. */
export function parseRawAndNumstat(output: Buffer): readonly ChangedFile[] {
  const files = new Map<RepoPath, ChangedFile>()
  const fields = fieldsOf(output)
  let at = 0
  const next = (): RepoPath => decodePath(fields[at++] ?? Buffer.alloc(0))

  while (at < fields.length) {
    const field = fields[at++]!
    const header = field.toString('latin1')
    if (header.startsWith(':')) {
      const status = STATUSES[header.slice(header.lastIndexOf(' ') + 1)[0] ?? ''] ?? 'modified'
      const moved = status === 'renamed' || status === 'copied'
      const oldPath = moved ? next() : undefined
      const path = next()
      files.set(path, { path, ...(oldPath === undefined ? {} : { oldPath }), status, insertions: 0, deletions: 0, binary: false })
      continue
    }
    const [, insertions = '', deletions = ''] = /^(\d+|-)\t(\d+|-)\t/u.exec(header) ?? []
    const named = field.subarray(insertions.length + deletions.length + 2)
    if (named.length === 0) at += 1
    const path = named.length === 0 ? next() : decodePath(named)
    const file = files.get(path)
    if (file === undefined) continue
    const binary = insertions === '-'
    files.set(path, { ...file, binary, insertions: binary ? 0 : Number(insertions), deletions: binary ? 0 : Number(deletions) })
  }
  return [...files.values()]
}

export type Patch = { readonly patch: string; readonly truncated: boolean }

/**
 * A unified diff of the named files, or of all; untracked files of a worktree included. A renamed file shows as renamed
 * only when both of its paths are named. At most `maxBytes`, cut where a file begins, or else where a line ends.
 */
export async function diffPatch(
  git: Git,
  checkout: Checkout,
  { from, to, paths, maxBytes }: DiffSpan & { readonly paths?: readonly string[]; readonly maxBytes: number },
): Promise<Patch> {
  const wanted = paths?.map(parseRepoPath).filter((path) => path !== null)
  if (wanted?.length === 0) return { patch: '', truncated: false }
  const parts = wanted === undefined ? [[]] : portions(wanted)

  if (to !== 'worktree')
    return gather(between(from, to, '--patch'), (command, room) => read(git, checkout, command, { maxBytes: room }))
  const names = wanted === undefined ? null : new Set(wanted)
  const files = (await untrackedFiles(git, checkout)).filter((path) => names === null || names.has(path))
  return withUntracked(git, checkout, { files, digits: from.length }, (env: Environment) =>
    gather(inWorktree(from, checkout, '--patch'), (command, room) => readFiles(git, checkout, command, { env, maxBytes: room })),
  )

  async function gather(command: Command, run: (command: Command, room: number) => Promise<Ended>): Promise<Patch> {
    const texts: Buffer[] = []
    let room = maxBytes
    for (const part of parts) {
      const ended = room <= 0 ? null : await run(limitedTo(command, part), room)
      if (ended !== null && ended.code !== 0) throw unexpected('compare the files', ended)
      if (ended !== null) texts.push(ended.stdout)
      if (ended === null || ended.truncated) return { patch: cut(Buffer.concat(texts)), truncated: true }
      room -= ended.stdout.length
    }
    return { patch: Buffer.concat(texts).toString(), truncated: false }
  }
}

function cut(bytes: Buffer): string {
  const file = bytes.lastIndexOf('\ndiff --git ')
  return bytes.subarray(0, (file > 0 ? file : bytes.lastIndexOf('\n')) + 1).toString()
}
