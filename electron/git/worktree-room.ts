/** The folder that worktrees are made in: makes it, and says what keeps anything from being made there, by its own path. */

import { access, constants, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { fail, ok, type Result } from '../../shared/result.ts'
import { exists, makeFolder } from './places.ts'

const ELSEWHERE = 'or choose another folder with “sluice config set worktrees PATH” or in the settings.'

/** The first thing on the way to `path`, from the top, that is there and is no folder; null when there is none. */
async function inTheWay(path: string): Promise<string | null> {
  let found: string | null = null
  for (let at = resolve(path); at !== dirname(at); at = dirname(at)) {
    if ((await exists(at)) && (await stat(at).catch(() => null))?.isDirectory() !== true) found = at
  }
  return found
}

/** Takes what the system said, and of which folder; gives the sentence. */
function sentence(code: string, at: string): string {
  switch (code) {
    case 'EROFS':
      return `${at} is on a file system that can only be read. Make it writable, ${ELSEWHERE}`
    case 'EPERM':
      return `The system allows no change in ${at}, which may be marked as immutable (“lsattr -d” says so). Take that mark away, ${ELSEWHERE}`
    case 'EACCES':
      return `Sluice may not write in ${at}. Make it writable, ${ELSEWHERE}`
    case 'ENOSPC':
    case 'EDQUOT':
      return `The disk of ${at} is full. Make room, ${ELSEWHERE}`
    default:
      return `Sluice cannot make a folder in ${at} (${code}). Put that right, ${ELSEWHERE}`
  }
}

/** Makes the folder and those above it. Gives the first one that it had to make, or null when all were there. */
export async function makeRoom(folder: string): Promise<Result<string | null, 'read-only'>> {
  const file = await inTheWay(folder)
  if (file !== null)
    return fail(
      'read-only',
      `${file} is no folder, so ${folder === file ? 'no worktree can be made in it' : `${folder} cannot be made`}. Move it away, ${ELSEWHERE}`,
    )
  try {
    const first = await makeFolder(folder)
    await access(folder, constants.W_OK | constants.X_OK)
    return ok(first)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && 'path' in error)) throw error
    // A folder that cannot be made is refused by the one above.
    const refused = String(error.path)
    const at = 'syscall' in error && error.syscall === 'mkdir' ? dirname(refused) : refused
    return fail('read-only', sentence(String(error.code), at))
  }
}
