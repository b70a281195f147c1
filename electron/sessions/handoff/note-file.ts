/** HANDOFF.md in a worktree: whether it is there, whether it may be written, and writing it whole or not at all. */

import { constants } from 'node:fs'
import { access, lstat, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { command, limitedTo } from '../../git/argv.ts'
import { type Checkout, read } from '../../git/checkout.ts'
import { unexpected } from '../../git/failure.ts'
import { parseRepoPath } from '../../git/names.ts'
import type { Git } from '../../git/run.ts'
import type { WorktreeChange } from '../../git/status.ts'
import { removeFile } from '../../kit/remove-file.ts'
import { HANDOFF_FILE, isOwnHandoff } from '../../../shared/model/handoff.ts'

/** `own`: the session's, which git does not track. `tracked`: the repository has a file of that name. */
export type Note = 'none' | 'own' | 'tracked'

export function notePath(worktree: string): string {
  return join(worktree, HANDOFF_FILE)
}

async function isTracked(git: Git, worktree: Checkout): Promise<boolean> {
  const path = parseRepoPath(HANDOFF_FILE)
  const ended = await read(git, worktree, limitedTo(command('ls-files', '-z', '--cached'), path === null ? [] : [path]))
  if (ended.code !== 0) throw unexpected(`look for ${HANDOFF_FILE} in ${worktree.path}`, ended)
  return ended.stdout.length > 0
}

/** Takes what git says is changed there; one that is ignored is asked for. */
export async function noteIn(git: Git, worktree: Checkout, changes: readonly WorktreeChange[]): Promise<Note> {
  if (changes.some(isOwnHandoff)) return 'own'
  if ((await lstat(notePath(worktree.path)).catch(() => null)) === null) return 'none'
  return (await isTracked(git, worktree)) ? 'tracked' : 'own'
}

/** Whether git tracks a file of that name there, be it on disk or not. */
export function noteIsTracked(git: Git, worktree: Checkout): Promise<boolean> {
  return isTracked(git, worktree)
}

/** Why it cannot be written, in a sentence; null when it can. */
export async function noteObstacle(worktree: string): Promise<string | null> {
  const path = notePath(worktree)
  const found = await lstat(path).catch(() => null)
  if (found?.isSymbolicLink() === true)
    return `${path} is a link, which Sluice does not write through. Move it away, then pause again.`
  if (found !== null && !found.isFile()) return `${path} is no file. Move it away, then pause again.`
  return access(worktree, constants.W_OK).then(
    () => null,
    () => `${worktree} cannot be written to, so there is no place for the note. Make it writable, then pause again.`,
  )
}

/** What changes when somebody writes it; null where there is none. */
export async function noteMark(path: string): Promise<string | null> {
  const found = await lstat(path, { bigint: true }).catch(() => null)
  return found === null ? null : `${found.ino} ${found.mtimeNs} ${found.size}`
}

/** Empty where there is none. */
export function readNote(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
}

/** The sentence when it could not be written; nothing is left behind then. */
export async function writeNote(path: string, text: string): Promise<string | null> {
  const draft = `${path}.${crypto.randomUUID()}.tmp`
  try {
    const found = await lstat(path).catch(() => null)
    await writeFile(draft, text, { flag: 'wx', ...(found === null ? {} : { mode: found.mode & 0o777 }) })
    await rename(draft, path)
    return null
  } catch (error) {
    await removeFile(draft).catch(() => undefined)
    const why = error instanceof Error ? error.message : String(error)
    return `${path} could not be written (${why}). The session was not stopped.`
  }
}
