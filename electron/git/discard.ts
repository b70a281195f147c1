/** Removes a worktree: takes it out of git and hands its folder to the one code that removes folders. Knows nothing of dirty or clean: callers do. */

import { lstat, readdir, readFile, rename, unlink } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { removeEmptyFolder, removeFolder, REMOVING } from '../kit/remove-folder.ts'
import { command } from './argv.ts'
import { type Checkout, write } from './checkout.ts'
import { asFailed, attempt, reasonIn } from './failure.ts'
import { parseAbsolutePath } from './names.ts'
import { exists, gitDirOf, isBelow, makeFolder, realPathOf } from './places.ts'
import { placeOf, registrationsOf } from './registrations.ts'
import type { Git } from './run.ts'
import { listWorktrees, lockWorktree, unlockWorktree, type Worktree, worktreeAt } from './worktrees.ts'

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
  /**
   * Asked once the folder is where nobody finds it by its path, with that place, and before git lets go of it. A sentence says why it
   * must not go after all: everything is then put back.
   */
  settle?(moved: string): Promise<string | null>
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
const TRASHED = /^discarded-[0-9a-f-]{36}(?:\.removing-[0-9a-f-]{36})?$/u
/** What is on its way there: git still has it registered, and it may go back to its place. */
const LEAVING = /^leaving-[0-9a-f-]{36}$/u

/**
 * Takes a worktree out of git and deletes its folder, without force. Refuses whatever is not a linked worktree of this
 * very repository strictly inside `root`, or has submodules (but see `madeByUs`). The folder is renamed first, so a killed run
 * leaves nothing that git stumbles over.
 */
export async function discardWorktree(
  git: Git,
  checkout: Checkout,
  { path, root, trash = join(root, TRASH), madeByUs = false, settle }: Discard,
): Promise<Discarded> {
  await putBackLeaving(checkout, { path, root, trash })
  const found = await examine(git, checkout, { path, root, madeByUs })
  if (typeof found === 'string') return { kind: 'refused', message: found }
  const { worktree, folder, modules } = found

  let moved: string | null = null
  if (folder !== null) {
    moved = await moveAside(folder, trash, 'leaving')
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
  if (settle !== undefined) {
    const putBack = async (): Promise<void> => (moved !== null && folder !== null ? rename(moved, folder) : undefined)
    const objection = await settle(moved ?? path).catch(async (error: unknown) => {
      await putBack()
      throw error
    })
    if (objection !== null) {
      await putBack()
      return { kind: 'refused', message: objection }
    }
  }
  // Where the history lies on another disk than the trash it stays, and git deletes it with the rest of the registration.
  const history = modules === null ? null : await moveAside(modules, trash, 'discarded')
  const unregistered = await attempt(() => unregister(git, checkout, worktree))
  const refusal = unregistered.ok ? unregistered.value : unregistered.failure.message
  if (refusal !== null) {
    if (history !== null && modules !== null) await rename(history, modules)
    if (moved !== null && folder !== null) await rename(moved, folder)
    if (worktree.locked !== null) await lockWorktree(git, checkout, worktree.path)
    return { kind: 'refused', message: `Git did not let go of the worktree ${path}: ${refusal}` }
  }
  const waiting = [moved === null ? null : await letGo(moved), history].filter((each) => each !== null)
  return { kind: 'discarded', deleted: Promise.all(waiting.map(gone)).then((deletions) => deletions.every(Boolean)) }
}

/** Git has let go of it: any sweep may delete it. */
async function letGo(leaving: string): Promise<string> {
  const trashed = join(dirname(leaving), basename(leaving).replace('leaving-', 'discarded-'))
  return rename(leaving, trashed).then(
    () => trashed,
    () => leaving,
  )
}

/** Deletes what earlier runs left in the trash. Gives how many folders could not be deleted. */
export async function sweepTrash({ root, trash = join(root, TRASH) }: Pick<Discard, 'root' | 'trash'>): Promise<number> {
  const [realRoot, realTrash] = [await realPathOf(root), await realPathOf(trash)]
  if (realRoot === null || realTrash === null || !isBelow(realTrash, realRoot)) return 0
  // Whoever deletes the last of it takes the trash away, too.
  const names = await readdir(realTrash).catch(async (error: unknown) => {
    if (await exists(realTrash)) throw error
    return []
  })
  const waiting = names.filter((name) => TRASHED.test(name)).map((name) => join(realTrash, name))
  for (const name of names.filter((one) => LEAVING.test(one)))
    if (await isLetGo(join(realTrash, name))) waiting.push(await letGo(join(realTrash, name)))
  const results = await Promise.all(waiting.map(gone))
  return results.filter((deleted) => !deleted).length
}

/** True when git has forgotten the worktree that the folder was; a repository that is not in its place has forgotten nothing. */
async function isLetGo(folder: string): Promise<boolean> {
  const text = await readFile(join(folder, '.git'), 'utf8').catch(() => '')
  const named = /^gitdir: (.*?)\r?\n?$/su.exec(text)?.[1]
  if (named === undefined) return false
  const registration = resolve(folder, named)
  return !(await exists(registration)) && exists(join(dirname(dirname(registration)), 'HEAD'))
}

/** Puts back the folder of a worktree that a killed removal moved aside. Gives true when there was one. */
export async function putBackLeaving(
  checkout: Checkout,
  { path, root, trash = join(root, TRASH) }: Pick<Discard, 'path' | 'root' | 'trash'>,
): Promise<boolean> {
  if (await exists(path)) return false
  const place = await placeOf(path)
  const registration = (await registrationsOf(checkout)).find((one) => one.path === place)
  if (registration === undefined) return false
  for (const name of await readdir(trash).catch(() => [])) {
    const folder = join(trash, name)
    if (!LEAVING.test(name) || (await registrationIn(folder)) !== registration.at) continue
    await rename(folder, place)
    await removeEmptyFolder(trash)
    return true
  }
  return false
}

type Found = {
  readonly worktree: Worktree
  /** Null when it is gone already. */
  readonly folder: string | null
  readonly registration: string | null
  /** Where the registration keeps the history of submodules; null when there is none. */
  readonly modules: string | null
}

/** Why a worktree would not be removed, in a sentence; null when it would. Changes nothing. */
export async function whyNotDiscarded(
  git: Git,
  checkout: Checkout,
  { path, root }: Pick<Discard, 'path' | 'root'>,
): Promise<string | null> {
  const found = await examine(git, checkout, { path, root, madeByUs: false })
  return typeof found === 'string' ? found : null
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
    return `The worktree ${path} has submodules, whose commits may be nowhere else. Push them, run “git submodule deinit --all” there, move ${modules} away, then try again.`
  return { worktree, folder, registration, modules: histories.length > 0 ? modules : null }
}

/** The git folder that a worktree's `.git` file names; null when `.git` is no plain file. */
async function registrationIn(folder: string): Promise<string | null> {
  const dotGit = await lstat(join(folder, '.git')).catch(() => null)
  if (dotGit === null || !dotGit.isFile()) return null
  return (await gitDirOf(folder))?.own ?? null
}

async function moveAside(folder: string, trash: string, as: 'leaving' | 'discarded'): Promise<string | null> {
  try {
    await makeFolder(trash, 0o700)
    const real = await realPathOf(trash)
    if (real === null || real === folder || isBelow(real, folder)) return null
    const moved = join(real, `${as}-${crypto.randomUUID()}`)
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
  // One that is killed may have begun, or even have ended: the folder of a worktree that git forgot must not go back to its place.
  for (let tries = 1; ; tries += 1) {
    const ended = await write(git, checkout, command('worktree', 'remove', path)).catch(asFailed)
    if (ended.code === 0 || (await worktreeAt(git, checkout, path)) === null) return null
    if (tries === 2) return reasonIn(ended)
  }
}

/** What is being deleted right now: two at one folder would be in each other's way. */
const underWay = new Map<string, Promise<boolean>>()

function gone(path: string): Promise<boolean> {
  const name = path.replace(REMOVING, '')
  const known = underWay.get(name)
  if (known !== undefined) return known
  const deletion = deleted(path).finally(() => underWay.delete(name))
  underWay.set(name, deletion)
  return deletion
}

async function deleted(path: string): Promise<boolean> {
  const trash = dirname(path)
  // A history that is only a link goes as a link.
  const entry = await lstat(path).catch(() => null)
  const removed =
    entry?.isDirectory() === false
      ? await unlink(path).then(
          () => ({ kind: 'removed' }) as const,
          () => null,
        )
      : await removeFolder({ path, root: trash })
  // What is left has another name now; the next sweep knows it by its old one.
  if (removed?.kind === 'left' && removed.path !== path) await rename(removed.path, path).catch(() => undefined)
  await removeEmptyFolder(trash)
  return removed?.kind === 'removed' || !(await exists(path))
}
