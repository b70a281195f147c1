/** What git has written down about linked worktrees, read from its files: no git is started, so a look costs next to nothing. */

import { lstat, readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { Checkout } from './checkout.ts'
import { branchOf } from './names.ts'
import { exists, gitDirOf, realPathOf } from './places.ts'

export type Registration = {
  /** Its folder in the repository's git folder. */
  readonly at: string
  /** The worktree that it is for. */
  readonly path: string
  /** As in its HEAD file: a commit, or `ref: refs/heads/…`. */
  readonly head: string
  /** Null when it is not locked. */
  readonly locked: string | null
}

function textOf(file: string): Promise<string | null> {
  return readFile(file, 'utf8').then(
    (text) => text.trimEnd(),
    () => null,
  )
}

async function registrationAt(at: string): Promise<Registration | null> {
  const [gitdir, head, locked] = await Promise.all(['gitdir', 'HEAD', 'locked'].map((name) => textOf(join(at, name))))
  if (gitdir === null || gitdir === undefined || gitdir === '') return null
  return { at, path: dirname(resolve(at, gitdir)), head: head ?? '', locked: locked ?? null }
}

/** Every registration of the repository that says which folder it is for. */
export async function registrationsOf(checkout: Checkout): Promise<readonly Registration[]> {
  const gitDir = await gitDirOf(checkout.path)
  if (gitDir === null) return []
  const folder = join(gitDir.common, 'worktrees')
  const names = await readdir(folder).catch(() => [])
  const found = await Promise.all(names.map((name) => registrationAt(join(folder, name))))
  return found.filter((one) => one !== null)
}

/** A path as git would write it down: below the real path of the folder above, whether it is there itself or not. */
export async function placeOf(path: string): Promise<string> {
  return join((await realPathOf(dirname(resolve(path)))) ?? dirname(resolve(path)), basename(resolve(path)))
}

/** The registration that a worktree's `.git` file names; null when there is no such file, or it leads nowhere. */
export async function registrationIn(folder: string): Promise<Registration | null> {
  const dotGit = await lstat(join(folder, '.git')).catch(() => null)
  if (dotGit === null || !dotGit.isFile()) return null
  const gitDir = await gitDirOf(folder)
  return gitDir === null || gitDir.own === gitDir.common ? null : registrationAt(gitDir.own)
}

/** The branch that a registration's HEAD is on; null when it is detached. */
export function branchIn({ head }: Registration): string | null {
  return head.startsWith('ref: ') ? branchOf(head.slice('ref: '.length)) : null
}

/** Folders beside a place that are looked into for one that was moved away from it. */
const MOST_BESIDE = 2000

/**
 * Where the folder of a registration was moved to by hand, when it still lies beside its old place: the folder whose `.git`
 * file names that registration. Null when it is in its place, or nowhere to be seen.
 */
export async function movedBeside(registration: Registration): Promise<string | null> {
  if (await exists(join(registration.path, '.git'))) return null
  const parent = dirname(registration.path)
  const names = await readdir(parent).catch(() => [])
  for (const name of names.slice(0, MOST_BESIDE)) {
    const folder = join(parent, name)
    if (folder !== registration.path && (await registrationIn(folder))?.at === registration.at) return folder
  }
  return null
}
