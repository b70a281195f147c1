/**
 * Copies what the user named, in the setting “copy” or in `.worktreeinclude`, and git does not track, from the main checkout into a worktree made moments ago.
 * Overwrites nothing, follows no link, leaves neither the checkout nor the worktree.
 */

import { chmod, constants, copyFile, lstat, mkdir, readlink, realpath, symlink } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { Checkout } from '../git/checkout.ts'
import { GitError } from '../git/failure.ts'
import { decodePath, isUtf8, parseRepoPath, pathBytes, type RepoPath } from '../git/names.ts'
import { isBelow, realPathOf } from '../git/places.ts'
import type { Git } from '../git/run.ts'
import { strangers } from '../git/strangers.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { badCopyPattern, copyRule } from './copy-patterns.ts'
import { includedFiles } from './worktree-include.ts'

export type Copying = {
  readonly from: Checkout
  /** The worktree. */
  readonly into: string
  readonly patterns: readonly string[]
  readonly signal: AbortSignal
}

/** Which files were to be copied. */
export type Copied = Result<readonly RepoPath[], 'copy-failed' | 'cancelled'>

/** A file that cannot be copied; the message is a sentence. */
class Uncopied extends Error {}

/** How many are copied at once: enough to keep a disk busy, few enough to leave threads for everything else. */
const AT_ONCE = 4
/** So many names are looked at before a keystroke gets its turn. */
const SLICE = 1000

/** Where a path of the repository is in a folder; bytes where no text can name it. */
function placeIn(folder: string, path: RepoPath): string | Buffer {
  return isUtf8(path) ? join(folder, path) : Buffer.concat([Buffer.from(`${folder}/`), pathBytes(path)])
}

function above(path: RepoPath): RepoPath | null {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? null : parseRepoPath(path.slice(0, slash))
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}

/** Takes the settings' patterns; gives which files to copy, those of `.worktreeinclude` first. Null when the word to stop came first. */
async function chosen(git: Git, { from, patterns, signal }: Copying): Promise<readonly RepoPath[] | null> {
  const files = new Set(await includedFiles(git, from))
  if (patterns.length === 0) return signal.aborted ? null : [...files]
  const rule = copyRule(patterns)
  const within = rule.within?.map(parseRepoPath).filter((path) => path !== null) ?? []
  for (const [index, path] of (await strangers(git, from, within)).entries()) {
    if (index % SLICE === 0) await setImmediate()
    if (signal.aborted) return null
    // A repository of its own inside the checkout stays where it is.
    if (!path.endsWith('/') && rule.matches(path)) files.add(path)
  }
  return [...files]
}

/** Makes the folders above files, once each, with the access that they have in the checkout. */
function createFolders(from: string, into: string): (of: RepoPath) => Promise<void> {
  const made = new Map<string, Promise<void>>()
  async function makeOne(folder: RepoPath): Promise<void> {
    await make(above(folder))
    const place = placeIn(into, folder)
    const there = await lstat(place).catch(() => null)
    if (there?.isDirectory() === true) return
    // Through a link in its place one would leave the worktree.
    if (there !== null)
      throw new Uncopied(`“${folder}” could not be copied: it is a folder in the main checkout, and none in the new worktree.`)
    await mkdir(place)
    const { mode } = await lstat(placeIn(from, folder))
    await chmod(place, (mode & 0o777) | 0o700)
  }
  function make(folder: RepoPath | null): Promise<void> {
    if (folder === null) return Promise.resolve()
    const making = made.get(folder) ?? makeOne(folder)
    made.set(folder, making)
    return making
  }
  return (of) => make(above(of))
}

/** True when the link leads to something inside the checkout by a path that means the same in the worktree. */
async function staysInside(root: string, path: RepoPath, goal: string): Promise<boolean> {
  if (posix.isAbsolute(goal) || /^[A-Za-z]:|\\/u.test(goal)) return false
  const led = posix.normalize(posix.join(posix.dirname(path), goal))
  if (led === '..' || led.startsWith('../') || led.split('/')[0]?.toLowerCase() === '.git') return false
  const real = await realpath(placeIn(root, path)).catch(() => null)
  return real === null || real === root || isBelow(real, root)
}

async function copyOne(from: string, into: string, path: RepoPath): Promise<void> {
  const [source, goal] = [placeIn(from, path), placeIn(into, path)]
  const entry = await lstat(source)
  if (entry.isSymbolicLink()) {
    const led = await readlink(source, { encoding: 'buffer' })
    if (await staysInside(from, path, decodePath(led))) await symlink(led, goal)
  } else if (entry.isFile()) {
    await copyFile(source, goal, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
  }
}

/** Why the file was not copied, in a sentence; null where that is as it should be. */
function whyNot(path: RepoPath, error: unknown): string | null {
  if (error instanceof Uncopied) return error.message
  const code = codeOf(error)
  // The commit has a file of this name; or the file was taken away meanwhile.
  if (code === 'EEXIST' || code === 'ENOENT') return null
  const words: Readonly<Record<string, string>> = {
    EACCES: 'Sluice may not read it, or not write beside it',
    EPERM: 'Sluice may not read it, or not write beside it',
    ENOSPC: 'the disk is full',
  }
  return `“${path}” could not be copied: ${words[code] ?? code}.`
}

/** Copies them all, or gives a sentence about the first that could not be. What was copied by then stays: the caller discards the worktree. */
export async function copyFiles(git: Git, copying: Copying): Promise<Copied> {
  const { from, patterns, signal } = copying
  const hint = 'Change the setting “copy” or .worktreeinclude, or the file, then try again.'
  const bad = badCopyPattern(patterns)
  if (bad !== null) return fail('copy-failed', `${bad} ${hint}`)
  const [root, into] = [await realPathOf(from.path), await realPathOf(copying.into)]
  if (root === null || into === null) return fail('copy-failed', `${from.path} or ${copying.into} is not there any more.`)
  const files = await chosen(git, copying).catch((error: unknown) => {
    if (error instanceof GitError) return error.message
    throw error
  })
  const calledOff = fail('cancelled', 'It was called off while files were copied.')
  if (files === null) return calledOff
  if (typeof files === 'string') return fail('copy-failed', `The files to copy could not be found. ${files}`)

  const makeFoldersOf = createFolders(root, into)
  const problems: string[] = []
  const waiting = files.values()
  async function work(into: string, from: string): Promise<void> {
    for (const path of waiting) {
      if (signal.aborted || problems.length > 0) return
      try {
        await makeFoldersOf(path)
        await copyOne(from, into, path)
      } catch (error) {
        const why = whyNot(path, error)
        if (why !== null) problems.push(why)
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, () => work(into, root)))
  const [problem] = problems
  if (problem !== undefined) return fail('copy-failed', `${problem} ${hint}`)
  return signal.aborted ? calledOff : ok(files)
}
