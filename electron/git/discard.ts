/** Removes a worktree: the one place in the code that deletes a folder of the user's. Knows nothing of dirty or clean: callers do. */

import { lstat, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { command } from './argv.ts'
import { type Checkout, write } from './checkout.ts'
import { lastWords } from './failure.ts'
import { parseAbsolutePath } from './names.ts'
import { exists, gitDirOf, isBelow, makeFolder, realPathOf } from './places.ts'
import type { Git } from './run.ts'
import { listWorktrees, lockWorktree, unlockWorktree, type Worktree } from './worktrees.ts'

export type Discard = {
  readonly path: string
  /** The folder that holds the worktrees; nothing outside it is ever removed. */
  readonly root: string
  /** A folder of ours on the same disk, where a worktree waits for its deletion; left out: `.sluice-trash` in `root`. */
  readonly trash?: string
  /**
   * The caller made this worktree itself and nobody worked in it: the history of its submodules, which git keeps in the
   * worktree's registration, goes too. Left out: a worktree with submodules is refused, as that history may be nowhere else.
   */
  readonly madeByUs?: boolean
}

export type Discarded =
  | {
      readonly kind: 'discarded'
      /** Resolves when the files are gone too: true, or false when some of them could not be deleted yet. */
      readonly deleted: Promise<boolean>
    }
  | { readonly kind: 'refused'; readonly message: string }

const TRASH = '.sluice-trash'
/** What we put into the trash; nothing else in it is touched. */
const TRASHED = /^discarded-[0-9a-f-]{36}$/u

/**
 * Takes a worktree out of git and deletes its folder, without force. Refuses whatever is not a linked worktree of this
 * very repository strictly inside `root`, or has submodules (but see `madeByUs`). The folder is renamed first, so a killed run
 * leaves nothing that git stumbles over.
 */
export async function discardWorktree(
  git: Git,
  checkout: Checkout,
  { path, root, trash = join(root, TRASH), madeByUs = false }: Discard,
): Promise<Discarded> {
  const found = await examine(git, checkout, { path, root, madeByUs })
  if (typeof found === 'string') return { kind: 'refused', message: found }
  const { worktree, folder, modules } = found

  let moved: string | null = null
  if (folder !== null) {
    moved = await moveAside(folder, trash)
    if (moved === null) {
      return {
        kind: 'refused',
        message: `The worktree ${path} could not be moved to ${trash}; both must be writable and on one disk.`,
      }
    }
    // Whoever swapped the folder between the look and the move gets it back.
    if ((await registrationIn(moved)) !== found.registration) {
      await rename(moved, folder)
      return { kind: 'refused', message: `The folder ${path} changed while it was being removed; it was left as it is.` }
    }
  }
  // Where the history lies on another disk than the trash it stays, and git deletes it with the rest of the registration.
  const history = modules === null ? null : await moveAside(modules, trash)
  const refusal = await unregister(git, checkout, worktree)
  if (refusal !== null) {
    if (history !== null && modules !== null) await rename(history, modules)
    if (moved !== null && folder !== null) await rename(moved, folder)
    if (worktree.locked !== null) await lockWorktree(git, checkout, worktree.path)
    return { kind: 'refused', message: `Git did not let go of the worktree ${path}: ${refusal}` }
  }
  const waiting = [moved, history].filter((each) => each !== null)
  return { kind: 'discarded', deleted: Promise.all(waiting.map(gone)).then((deletions) => deletions.every(Boolean)) }
}

/** Deletes what earlier runs left in the trash. Gives how many folders could not be deleted. */
export async function sweepTrash({ root, trash = join(root, TRASH) }: Pick<Discard, 'root' | 'trash'>): Promise<number> {
  const [realRoot, realTrash] = [await realPathOf(root), await realPathOf(trash)]
  if (realRoot === null || realTrash === null || !isBelow(realTrash, realRoot)) return 0
  const names = (await readdir(realTrash)).filter((name) => TRASHED.test(name))
  const results = await Promise.all(names.map((name) => gone(join(realTrash, name))))
  return results.filter((deleted) => !deleted).length
}

type Found = {
  readonly worktree: Worktree
  /** Null when it is gone already. */
  readonly folder: string | null
  readonly registration: string | null
  /** Where the registration keeps the history of submodules; null when there is none. */
  readonly modules: string | null
}

/** Everything that must hold before a folder is touched; a sentence when something does not. */
async function examine(
  git: Git,
  checkout: Checkout,
  { path, root, madeByUs }: { readonly path: string; readonly root: string; readonly madeByUs: boolean },
): Promise<Found | string> {
  const realRoot = await realPathOf(root)
  const parent = await realPathOf(dirname(resolve(path)))
  const folder = join(parent ?? dirname(resolve(path)), basename(resolve(path)))
  if (realRoot === null || !isBelow(folder, realRoot))
    return `The folder ${path} is not inside ${root}; Sluice removes nothing else.`

  const here = await gitDirOf(checkout.path)
  if (here === null) return `The repository ${checkout.path} cannot be read; nothing was removed.`
  const worktrees = await listWorktrees(git, checkout)
  const worktree = worktrees.find((each) => each.path === folder)
  if (worktree === undefined) return `Git knows no worktree at ${path}; Sluice does not remove other folders.`
  if (worktree.main) return `The folder ${path} is the main checkout; Sluice never removes it.`
  const others = worktrees.filter((each) => each !== worktree).map((each) => each.path)
  const kept = [here.common, await realPathOf(checkout.path), ...others].filter((each) => each !== null)
  const inside = kept.find((each) => each === folder || isBelow(each, folder))
  if (inside !== undefined) return `The folder ${path} also holds ${inside}; it was left as it is.`

  const entry = await lstat(folder).catch(() => null)
  if (entry === null) return { worktree, folder: null, registration: null, modules: null }
  if (!entry.isDirectory()) return `${path} is not a folder; it was left as it is.`
  if ((await realPathOf(folder)) !== folder) return `${path} leads somewhere else; it was left as it is.`

  const registration = await registrationIn(folder)
  if (registration === null) return `The folder ${path} holds a repository of its own, or none; it was left as it is.`
  if (dirname(registration) !== join(here.common, 'worktrees'))
    return `The folder ${path} belongs to another repository; it was left as it is.`
  const back = await readFile(join(registration, 'gitdir'), 'utf8').catch(() => '')
  if (resolve(registration, back.trimEnd()) !== join(folder, '.git'))
    return `Git has ${path} registered at another place; it was left as it is.`
  const modules = join(registration, 'modules')
  const histories = await readdir(modules).catch(() => [])
  if (histories.length > 0 && !madeByUs)
    return `The worktree ${path} has submodules with a history of their own; remove it by hand with “git worktree remove”.`
  return { worktree, folder, registration, modules: histories.length > 0 ? modules : null }
}

/** The git folder that a worktree's `.git` file names; null when `.git` is no plain file. */
async function registrationIn(folder: string): Promise<string | null> {
  const dotGit = await lstat(join(folder, '.git')).catch(() => null)
  if (dotGit === null || !dotGit.isFile()) return null
  return (await gitDirOf(folder))?.own ?? null
}

async function moveAside(folder: string, trash: string): Promise<string | null> {
  try {
    await makeFolder(trash, 0o700)
    const real = await realPathOf(trash)
    if (real === null || real === folder || isBelow(real, folder)) return null
    const moved = join(real, `discarded-${crypto.randomUUID()}`)
    await rename(folder, moved)
    return moved
  } catch {
    return null
  }
}

/** Git removes the registration of a folder that is gone without being forced, once it is unlocked. */
async function unregister(git: Git, checkout: Checkout, worktree: Worktree): Promise<string | null> {
  if (await exists(worktree.path)) return 'something appeared in its place.'
  if (worktree.locked !== null) await unlockWorktree(git, checkout, worktree.path)
  const path = parseAbsolutePath(worktree.path)
  if (path === null) return 'its path cannot be named.'
  const ended = await write(git, checkout, command('worktree', 'remove', path))
  return ended.code === 0 ? null : lastWords(ended.stderr)
}

async function gone(path: string): Promise<boolean> {
  await rm(path, { recursive: true, force: true, maxRetries: 3, retryDelay: 50 }).catch(() => undefined)
  // The trash goes too once it is empty; rmdir takes nothing else.
  await rmdir(dirname(path)).catch(() => undefined)
  return !(await exists(path))
}
