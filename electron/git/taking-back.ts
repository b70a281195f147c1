/**
 * Takes changes of files back in a worktree: whole files to what a commit has, or lines by a patch that fits exactly. Nothing is kept
 * here: callers make a snapshot first. The user must have trusted the repository.
 */

import { lstat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { removeFile } from '../kit/remove-file.ts'
import { removeEmptyFolder } from '../kit/remove-folder.ts'
import { command, limitedTo } from './argv.ts'
import { type Checkout, read, writeFiles } from './checkout.ts'
import { asFailed, unexpected } from './failure.ts'
import { keepIndex } from './kept-index.ts'
import { listOf } from './look.ts'
import { decodePath, type Oid, pathBytes, type RepoPath } from './names.ts'
import { fieldsOf } from './records.ts'
import type { Ended, Git } from './run.ts'
import { toldAfter } from './told.ts'

/** The modes of the named files in a commit or a tree; those that it has not are left out. */
export async function modesIn(
  git: Git,
  worktree: Checkout,
  tree: Oid,
  paths: readonly RepoPath[],
): Promise<ReadonlyMap<RepoPath, string>> {
  const ended = await read(git, worktree, limitedTo(command('ls-tree', '-z', '--full-tree', tree), paths))
  if (ended.code !== 0) throw unexpected('read a commit', ended)
  const found = fieldsOf(ended.stdout).map((field) => {
    const tab = field.indexOf(0x09)
    return [decodePath(field.subarray(tab + 1)), field.toString('latin1', 0, tab).split(' ')[0] ?? ''] as const
  })
  // A folder of that name is another thing.
  return new Map(found.filter(([, mode]) => mode !== '040000'))
}

const placeOf = (worktree: Checkout, path: string): Buffer =>
  Buffer.concat([Buffer.from(join(worktree.path, '/')), pathBytes(path as RepoPath)])

/** What is at the path in the worktree: `blocked` where a folder of it is none, or a link; git would take that away. */
export async function whatIsAt(worktree: Checkout, path: RepoPath): Promise<'file' | 'folder' | 'nothing' | 'blocked'> {
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    const entry = await lstat(placeOf(worktree, folder)).catch(() => null)
    if (entry !== null && !entry.isDirectory()) return 'blocked'
  }
  const entry = await lstat(placeOf(worktree, path)).catch(() => null)
  if (entry === null) return 'nothing'
  if (entry.isDirectory()) return 'folder'
  return entry.isFile() || entry.isSymbolicLink() ? 'file' : 'blocked'
}

export type Restore = {
  readonly paths: readonly RepoPath[]
  /** The commit that has them as they shall be; what it lacks goes. */
  readonly as: Oid
  /** In the index, too. */
  readonly staged: boolean
}

/** Makes the files what the commit has. A sentence when that was not possible; the index is then as it was. */
export async function restoreFiles(git: Git, worktree: Checkout, { paths, as, staged }: Restore): Promise<string | null> {
  const there = await modesIn(git, worktree, as, paths)
  const back = paths.filter((path) => there.has(path))
  const gone = paths.filter((path) => !there.has(path))
  const putBack = staged ? await keepIndex(worktree) : () => Promise.resolve()
  if (back.length > 0) {
    const both: readonly '--staged'[] = staged ? ['--staged'] : []
    const how = command('restore', '--quiet', '--no-recurse-submodules', '--worktree', ...both, '-s', as)
    const ended = await writeFiles(git, worktree, limitedTo(how, back)).catch(stoppedShort)
    if (ended.code !== 0) {
      await putBack()
      return toldAfter('Git could not take it back', ended)
    }
  }
  if (gone.length === 0) return null
  if (staged) {
    const forget = command('update-index', '--force-remove', '-z', '--stdin')
    const ended = await writeFiles(git, worktree, forget, { stdin: listOf(gone) })
    if (ended.code !== 0) throw unexpected('take a file out of the index', ended)
  }
  for (const path of gone) {
    await removeFile(placeOf(worktree, path))
    for (let folder = dirname(path); folder !== '.'; folder = dirname(folder))
      if (!(await removeEmptyFolder(placeOf(worktree, folder)))) break
  }
  return null
}

function stoppedShort(error: unknown): Ended {
  return { ...asFailed(error), stdout: Buffer.alloc(0), truncated: false }
}

/** `from` and `to`: the modes of the file on both sides; null where there is none. */
export type Hunk = {
  readonly path: RepoPath
  readonly from: string | null
  readonly to: string | null
  /** From its “@@” to its last line. */
  readonly lines: string
}

/** A name as git writes it into a patch: always quoted, so that none is mistaken. Pure. */
export function quotedName(path: RepoPath, side: 'a' | 'b'): string {
  const plain = [...pathBytes(path)].map((byte) => {
    const isPlain = byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c
    return isPlain ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`
  })
  return `"${side}/${plain.join('')}"`
}

/** A patch of this file alone. Pure. */
export function patchOf({ path, from, to, lines }: Hunk): string {
  const [a, b] = [quotedName(path, 'a'), quotedName(path, 'b')]
  const head = [`diff --git ${a} ${b}`]
  if (from === null) head.push(`new file mode ${to ?? '100644'}`)
  if (to === null) head.push(`deleted file mode ${from ?? '100644'}`)
  head.push(`--- ${from === null ? '/dev/null' : a}`, `+++ ${to === null ? '/dev/null' : b}`)
  return `${head.join('\n')}\n${lines}`
}

// No setting of the user's may make it fit what it does not fit, or change what it puts there.
const EXACTLY = ['-c', 'apply.whitespace=nowarn', '-c', 'apply.ignoreWhitespace=no'] as const
const REVERSE = ['apply', '--reverse', '--whitespace=nowarn', '--no-3way', '-p1'] as const

/** Takes the lines of a hunk back, where they stand exactly as it has them; false when they do not. `only`: `check` changes nothing. */
export async function takeBackHunk(
  git: Git,
  worktree: Checkout,
  hunk: Hunk,
  only: 'check' | 'worktree' | 'index',
): Promise<boolean> {
  const where: readonly ('--check' | '--cached')[] = only === 'check' ? ['--check'] : only === 'index' ? ['--cached'] : []
  const ended = await writeFiles(git, worktree, command(...EXACTLY, ...REVERSE, ...where, '-'), {
    stdin: Buffer.from(patchOf(hunk)),
  })
  return ended.code === 0
}

/** True when the index has the file otherwise than the last commit. */
export async function isStaged(git: Git, worktree: Checkout, path: RepoPath): Promise<boolean> {
  const look = command('diff-index', '--cached', '--quiet', '--no-ext-diff', 'HEAD')
  const ended = await read(git, worktree, limitedTo(look, [path]))
  if (ended.code > 1) throw unexpected('compare the index with the last commit', ended)
  return ended.code === 1
}
