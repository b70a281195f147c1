/** Where git keeps things on disk, found by reading its files: no git is started here. */

import { lstat, mkdir, readFile, realpath, stat } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'

export type GitDir = {
  /** The folder with HEAD and index of this one checkout. */
  readonly own: string
  /** The folder with the objects and branches that all checkouts share. */
  readonly common: string
}

/** Takes the top folder of a checkout; gives its git folders as real paths, or null when it has none that can be read. */
export async function gitDirOf(checkout: string): Promise<GitDir | null> {
  try {
    const own = await realpath(await pointedTo(join(checkout, '.git')))
    const shared = await readFile(join(own, 'commondir'), 'utf8').catch(() => '.')
    return { own, common: await realpath(resolve(own, shared.trimEnd())) }
  } catch {
    return null
  }
}

/** `.git` itself when it is a folder; what it points to when it is a file. */
async function pointedTo(dotGit: string): Promise<string> {
  if ((await stat(dotGit)).isDirectory()) return dotGit
  const target = /^gitdir: (.*?)\r?\n?$/su.exec(await readFile(dotGit, 'utf8'))?.[1]
  if (target === undefined) throw new Error(`${dotGit} is no git file`)
  return resolve(dirname(dotGit), target)
}

export const OPERATIONS = ['rebase', 'merge', 'cherry-pick', 'revert', 'bisect'] as const
export type Operation = (typeof OPERATIONS)[number]

const TRACES: readonly (readonly [file: string, operation: Operation])[] = [
  ['rebase-merge', 'rebase'],
  ['rebase-apply', 'rebase'],
  ['MERGE_HEAD', 'merge'],
  ['CHERRY_PICK_HEAD', 'cherry-pick'],
  ['REVERT_HEAD', 'revert'],
  ['BISECT_LOG', 'bisect'],
]

/** What a checkout is in the middle of, if anything. */
export async function operationIn(gitDir: GitDir): Promise<Operation | null> {
  for (const [file, operation] of TRACES) if (await exists(join(gitDir.own, file))) return operation
  return null
}

/** Full refs that an unfinished rebase or bisect in this checkout will come back to. */
export async function awaitedRefs(gitDir: GitDir): Promise<readonly string[]> {
  const files = ['rebase-merge/head-name', 'rebase-apply/head-name', 'BISECT_START']
  const texts = await Promise.all(files.map((file) => readFile(join(gitDir.own, file), 'utf8').catch(() => '')))
  return texts.map((text) => text.trim()).flatMap((text) => (text === '' ? [] : [text, `refs/heads/${text}`]))
}

/** True when something has that name, be it a link to nowhere. */
export async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null)) !== null
}

/** True when `inner` lies below `outer`; both must be real paths. */
export function isBelow(inner: string, outer: string): boolean {
  const path = relative(outer, inner)
  return path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path)
}

/** The real path, or null when nothing is there. */
export async function realPathOf(path: string): Promise<string | null> {
  return realpath(path).catch(() => null)
}

/**
 * Makes a folder and those above it; gives the first one it had to make, null when all were there. Throws what the system says.
 * Node's own recursive mkdir never ends where a file system refuses new folders by saying that the parent is missing (procfs).
 */
export async function makeFolder(path: string, mode?: number): Promise<string | null> {
  const missing: string[] = []
  for (let at = resolve(path); !(await exists(at)); at = dirname(at)) missing.unshift(at)
  for (const folder of missing) {
    await mkdir(folder, mode).catch(async (error: unknown) => {
      if ((await stat(folder).catch(() => null))?.isDirectory() !== true) throw error
    })
  }
  return missing[0] ?? null
}
