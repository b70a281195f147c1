/** What changed between two commits, or a commit and the files of a checkout with its untracked ones. Reads only. */

import type { DiffFile, FileStatus } from '../../shared/model/diff.ts'
import { type Command, command, limitedTo, portions } from './argv.ts'
import { type Checkout, read, readFiles } from './checkout.ts'
import type { Environment } from './environment.ts'
import { unexpected } from './failure.ts'
import { decodePath, type Oid, parseOid, type RepoPath } from './names.ts'
import { fieldsOf } from './records.ts'
import type { Ended, Git } from './run.ts'
import { untrackedFiles, withUntracked } from './untracked.ts'

export type DiffSpan = {
  /** A commit or a tree. */
  readonly from: Oid
  readonly to: Oid | 'worktree'
  /** `false`: changes of blanks and line ends alone do not count. */
  readonly blanks?: boolean | undefined
  /** Where objects lie that the repository does not have. */
  readonly env?: Environment | undefined
  /** The untracked files of the worktree, where the caller knows them already. */
  readonly untracked?: readonly RepoPath[] | undefined
}

/** `blob` is null where git has not read the file yet: one that is changed in the worktree. */
export type Side = { readonly mode: string; readonly blob: Oid | null }

/** One changed file as git's raw lines have it; `path` is lossless. A side is null where there is no file. */
export type ChangedFile = Pick<DiffFile, 'status' | 'insertions' | 'deletions' | 'binary'> & {
  readonly path: RepoPath
  readonly oldPath?: RepoPath
  readonly from: Side | null
  readonly to: Side | null
}

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

export type Shape = '--raw' | '--no-abbrev' | '--numstat' | '-z' | '--patch' | '--ignore-all-space' | '--ignore-cr-at-eol'
const LIST = ['--raw', '--no-abbrev', '--numstat', '-z'] as const

/** The comparison of two commits or trees. */
export function between(from: Oid, to: Oid, ...shape: Shape[]): Command {
  return limitedTo(command(...BIG_FILES, 'diff-tree', '-r', '--no-commit-id', ...EVEN, ...shape, from, to), [])
}

/** The comparison of one with the files of a checkout. */
export function inWorktree(from: Oid, checkout: Checkout, ...shape: Shape[]): Command {
  const submodules = checkout.trusted ? '--ignore-submodules=none' : '--ignore-submodules=all'
  const even = [...EVEN, '-O/dev/null', '--unified=3', '--inter-hunk-context=0', submodules] as const
  return limitedTo(command(...BIG_FILES, 'diff', ...even, ...shape, from), [])
}

/** The changed files with their line counts, in git's order. Untracked files of a worktree are among them, as added. */
export async function diffFiles(git: Git, checkout: Checkout, span: DiffSpan): Promise<readonly DiffFile[]> {
  return (await changedFiles(git, checkout, span)).map(({ from: _from, to: _to, ...file }) => ({ ...file, viewed: false }))
}

/** The same with both sides of each file. */
export async function changedFiles(
  git: Git,
  checkout: Checkout,
  span: DiffSpan & { readonly paths?: readonly RepoPath[] },
): Promise<readonly ChangedFile[]> {
  const list = await compared(git, checkout, span, LIST, span.paths)
  const files = parseRawAndNumstat(list.bytes)
  // What has no count has no change but of blanks; its mode may be another one all the same.
  const counted = span.blanks === false ? files.filter((file) => file.counted || !isOnlyContent(file)) : files
  const inner = list.untracked.filter((path) => path.endsWith('/'))
  return [...counted.map(({ counted: _counted, ...file }) => file), ...inner.map(repositoryInside)]
}

function repositoryInside(path: RepoPath): ChangedFile {
  return {
    path,
    status: 'added',
    insertions: 0,
    deletions: 0,
    binary: false,
    from: null,
    to: { mode: '160000', blob: null },
  }
}

function isOnlyContent({ status, from, to, binary }: ChangedFile): boolean {
  return status === 'modified' && from?.mode === to?.mode && !binary
}

const FEW_PATHS = 50

/** The files of those named that have changes beyond their line ends: lone CRs at the end of a line do not count. */
export async function changedBeyondLineEnds(
  git: Git,
  checkout: Checkout,
  { paths, ...span }: DiffSpan & { readonly paths: readonly RepoPath[] },
): Promise<ReadonlySet<RepoPath>> {
  const found = new Set<RepoPath>()
  // Git compares every name with every other one: many are dearer than all.
  for (const part of paths.length > FEW_PATHS ? [[]] : portions(paths)) {
    const shape = [...LIST, '--ignore-cr-at-eol'] as const
    const { bytes } = await compared(git, checkout, { ...span, untracked: [] }, shape, part)
    for (const file of parseRawAndNumstat(bytes)) if (file.counted) found.add(file.path)
  }
  return found
}

/** Runs one comparison, of some files or of all; gives its bytes, and which files git does not know. */
async function compared(
  git: Git,
  checkout: Checkout,
  { from, to, blanks, env = {}, untracked }: DiffSpan,
  shape: readonly Shape[],
  paths: readonly RepoPath[] = [],
): Promise<{ readonly bytes: Buffer; readonly untracked: readonly RepoPath[] }> {
  const even: readonly Shape[] = blanks === false ? [...shape, '--ignore-all-space'] : shape
  if (to !== 'worktree') {
    const ended = await read(git, checkout, limitedTo(between(from, to, ...even), paths), { env })
    return { bytes: checked(ended), untracked: [] }
  }
  const files = untracked ?? (await untrackedFiles(git, checkout))
  return withUntracked(git, checkout, { files, digits: from.length }, async (index) => {
    const diff = limitedTo(inWorktree(from, checkout, ...even), paths)
    return { bytes: checked(await readFiles(git, checkout, diff, { env: { ...env, ...index } })), untracked: files }
  })
}

function checked(ended: Ended): Buffer {
  if (ended.code !== 0) throw unexpected('compare the files', ended)
  return ended.stdout
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

/** One side of a raw record; a blob of zeros is one that git has not read. */
export function sideOf(mode: string, blob: string): Side | null {
  return /^0+$/u.test(mode) ? null : { mode, blob: /^0+$/u.test(blob) ? null : parseOid(blob) }
}

/** Reads `--raw --numstat -z`: first every raw record, then every count. `counted`: it had a count. */
export function parseRawAndNumstat(output: Buffer): readonly (ChangedFile & { readonly counted: boolean })[] {
  const files = new Map<RepoPath, ChangedFile & { readonly counted: boolean }>()
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
      const [oldMode = '', newMode = '', oldBlob = '', newBlob = ''] = header.slice(1).split(' ')
      files.set(path, {
        path,
        ...(oldPath === undefined ? {} : { oldPath }),
        status,
        insertions: 0,
        deletions: 0,
        binary: false,
        from: sideOf(oldMode, oldBlob),
        to: sideOf(newMode, newBlob),
        counted: false,
      })
      continue
    }
    const [, insertions = '', deletions = ''] = /^(\d+|-)\t(\d+|-)\t/u.exec(header) ?? []
    const named = field.subarray(insertions.length + deletions.length + 2)
    if (named.length === 0) at += 1
    const path = named.length === 0 ? next() : decodePath(named)
    const file = files.get(path)
    if (file === undefined) continue
    const binary = insertions === '-'
    const [more, less] = binary ? [0, 0] : [Number(insertions), Number(deletions)]
    files.set(path, { ...file, binary, insertions: more, deletions: less, counted: true })
  }
  return [...files.values()]
}
