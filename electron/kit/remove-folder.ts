/**
 * The only code that can remove a folder. Its guards are its own and believe no caller: strictly below a folder of Sluice's, no repository,
 * no worktree, no link, no other disk. Knows files alone, not what they are for.
 */

import { constants } from 'node:fs'
import { type FileHandle, lstat, open, readdir, readFile, realpath, rename, rmdir, unlink } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, isAbsolute, join, parse, relative, resolve, sep } from 'node:path'

export type Removed =
  | { readonly kind: 'removed' }
  /** Nothing was touched. */
  | { readonly kind: 'refused'; readonly message: string }
  /** Some of it could not be deleted yet: it is at `path`, and can be tried again. */
  | { readonly kind: 'left'; readonly path: string; readonly message: string }

/** What a folder is called while it is removed: its own name and this. */
export const REMOVING = /\.removing-[0-9a-f-]{36}$/u

const refused = (message: string): Removed => ({ kind: 'refused', message })
const there = (path: string) => lstat(path).catch(() => null)
const isFolder = async (path: string): Promise<boolean> => (await there(path))?.isDirectory() === true

function isBelow(inner: string, outer: string): boolean {
  const path = relative(outer, inner)
  return path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path)
}

/** True for the inside of a repository: what lies in a `.git` folder, or a bare one. */
async function isGitFolder(path: string): Promise<boolean> {
  return (
    (await there(join(path, 'HEAD'))) !== null && (await isFolder(join(path, 'objects'))) && (await isFolder(join(path, 'refs')))
  )
}

/** True when its `.git` file names a registration that names this very folder. */
async function isWorktree(path: string): Promise<boolean> {
  const dotGit = await there(join(path, '.git'))
  if (dotGit === null || !dotGit.isFile()) return false
  const named = /^gitdir: (.*?)\r?\n?$/su.exec(await readFile(join(path, '.git'), 'utf8'))?.[1]
  if (named === undefined) return false
  const registration = resolve(path, named)
  const back = await readFile(join(registration, 'gitdir'), 'utf8').catch(() => null)
  // A submodule's has no such file; its history lies there and needs it. What a killed removal left of a worktree's has none.
  if (back === null) return isGitFolder(registration)
  return resolve(registration, back.trimEnd()) === join(path, '.git')
}

const userHome = (): Promise<string> => realpath(homedir()).catch(() => homedir())

/** Why nothing may be removed below that root; null when it may be one. */
async function unfitRoot(root: string): Promise<string | null> {
  if (root === parse(root).root || root === (await userHome())) return `${root} holds more than Sluice’s own folders`
  if (basename(root) === '.git' || (await isFolder(join(root, '.git'))) || (await isGitFolder(root)))
    return `${root} is a repository`
  return null
}

async function examine(path: string, root: string): Promise<{ readonly folder: string } | string> {
  if (!isAbsolute(path) || !isAbsolute(root)) return `“${path}” is not an absolute path; nothing was removed.`
  const realRoot = await realpath(root).catch(() => null)
  const parent = await realpath(dirname(resolve(path))).catch(() => null)
  if (realRoot === null || parent === null) return `${root} cannot be read; nothing was removed.`
  const folder = join(parent, basename(resolve(path)))
  const unfit = await unfitRoot(realRoot)
  if (unfit !== null) return `${unfit}; nothing was removed there.`
  if (!isBelow(folder, realRoot)) return `The folder ${path} is not inside ${root}; nothing was removed.`
  const home = await userHome()
  if (folder === home || isBelow(home, folder)) return `The folder ${path} holds the user’s home; it was left as it is.`
  if (!(await isFolder(folder)) || (await realpath(folder)) !== folder) return `${path} is not a folder; it was left as it is.`
  if (basename(folder) === '.git' || (await isFolder(join(folder, '.git'))) || (await isGitFolder(folder)))
    return `The folder ${path} is a repository; it was left as it is.`
  if (await isWorktree(folder)) return `The folder ${path} is a worktree that git still knows; it was left as it is.`
  return { folder }
}

const OPEN_FOLDER = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW

type Within = { readonly handle: FileHandle; readonly path: string; readonly disk: number }

/** The folder that is open, by a name that nobody can put something else behind: Linux gives one. */
async function nameOf({ handle, path }: Within): Promise<string> {
  if (process.platform === 'linux') return `/proc/self/fd/${handle.fd}`
  const [opened, now] = [await handle.stat(), await lstat(path)]
  if (opened.ino !== now.ino || opened.dev !== now.dev) throw new Error(`${path} was replaced while it was removed.`)
  return path
}

const child = (folder: string, name: Buffer): Buffer => Buffer.concat([Buffer.from(`${folder}${sep}`), name])

/** Empties the folder that is open. Goes on past what cannot be deleted; throws the first refusal in the end. */
async function empty(within: Within): Promise<void> {
  const names = await readdir(await nameOf(within), { encoding: 'buffer' })
  const refusals: unknown[] = []
  for (const name of names) await removeEntry(within, name).catch((error: unknown) => refusals.push(error))
  if (refusals.length > 0) throw refusals[0]
}

async function removeEntry(within: Within, name: Buffer): Promise<void> {
  const path = child(await nameOf(within), name)
  const entry = await lstat(path)
  if (!entry.isDirectory()) return unlink(path)
  if (entry.dev !== within.disk) throw new Error(`Something else is mounted at ${join(within.path, name.toString())}.`)
  const inner = await openFolder(path, join(within.path, name.toString()), within.disk)
  try {
    await empty(inner)
  } finally {
    await inner.handle.close()
  }
  await rmdir(path)
}

async function openFolder(at: Buffer | string, path: string, disk: number): Promise<Within> {
  const handle = await open(at, OPEN_FOLDER)
  try {
    const { mode, dev } = await handle.stat()
    if (dev !== disk) throw new Error(`Something else is mounted at ${path}.`)
    // What is read-only keeps its files from being deleted, and is ours by now.
    if ((mode & 0o700) !== 0o700) await handle.chmod((mode & 0o777) | 0o700)
    return { handle, path, disk }
  } catch (error) {
    await handle.close()
    throw error
  }
}

/**
 * Removes a folder strictly below `root`, a folder of Sluice's own, with all that is in it. It gets a private name first; what was put in its
 * place meanwhile is left alone, links are removed and never followed.
 */
export async function removeFolder({ path, root }: { readonly path: string; readonly root: string }): Promise<Removed> {
  const found = await examine(path, root)
  if (typeof found === 'string') return refused(found)
  const { folder } = found
  const before = await lstat(folder).catch(() => null)
  const hidden = `${folder.replace(REMOVING, '')}.removing-${crypto.randomUUID()}`
  try {
    await rename(folder, hidden)
  } catch (error) {
    return { kind: 'left', path: folder, message: words(error) }
  }
  const after = await lstat(hidden)
  const swapped = before === null || after.ino !== before.ino || after.dev !== before.dev || !after.isDirectory()
  if (swapped || (await isFolder(join(hidden, '.git')))) {
    await rename(hidden, folder)
    return refused(`The folder ${path} changed while it was being removed; it was left as it is.`)
  }
  try {
    const within = await openFolder(hidden, hidden, after.dev)
    try {
      const opened = await within.handle.stat()
      if (opened.ino !== after.ino) throw new Error(`${hidden} was replaced while it was removed.`)
      await empty(within)
    } finally {
      await within.handle.close()
    }
    await rmdir(hidden)
    return { kind: 'removed' }
  } catch (error) {
    return (await there(hidden)) === null ? { kind: 'removed' } : { kind: 'left', path: hidden, message: words(error) }
  }
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Removes a folder when nothing is in it; a link to one, and whatever else, stays. Gives true when it is gone. */
export async function removeEmptyFolder(path: string | Buffer): Promise<boolean> {
  return rmdir(path).then(
    () => true,
    () => false,
  )
}
