/** Where the worktrees of sessions may go, as the setting “worktrees” says it. */

import { isAbsolute, resolve } from 'node:path'
import { isBelow } from '../git/places.ts'

/** Takes the folder as typed, and the main checkout; gives a sentence when worktrees cannot go there, or null. */
export function badWorktreesFolder(folder: string, checkout: string): string | null {
  // Also “~”, which only a shell knows as the home.
  if (!isAbsolute(folder)) return `“${folder}” does not say where it begins. Give the whole path, such as ${checkout}.worktrees.`
  const plain = resolve(folder)
  if (plain !== checkout && !isBelow(plain, checkout)) return null
  return `“${folder}” lies in the repository itself, where git would show every worktree as a change. Give a folder outside of it, such as ${checkout}.worktrees.`
}
