/** What git ignores in a worktree, with its size: nothing keeps it when the worktree goes. Counts within limits, follows no link. */

import { lstat, readdir } from 'node:fs/promises'
import { command } from './argv.ts'
import { type Checkout, read } from './checkout.ts'
import { unexpected } from './failure.ts'
import { decodePath, type RepoPath } from './names.ts'
import { fieldsOf } from './records.ts'
import type { Git } from './run.ts'

export type Ignored = {
  /** The largest first, at most `listed`; folders end with “/”, and `files` says how many those hold. */
  readonly entries: readonly { readonly path: RepoPath; readonly bytes: number; readonly files?: number }[]
  readonly bytes: number
  readonly files: number
  /** There is more than could be counted within the limits. */
  readonly atLeast: boolean
}

export type Limits = { readonly entries: number; readonly milliseconds: number; readonly listed: number }
const USUAL: Limits = { entries: 200_000, milliseconds: 5000, listed: 50 }

type Count = { bytes: number; files: number }

/** `elapsed`: milliseconds since some moment. */
export async function ignoredIn(git: Git, there: Checkout, elapsed: () => number, limits: Limits = USUAL): Promise<Ignored> {
  const list = command('ls-files', '--others', '--ignored', '--exclude-standard', '--directory', '-z')
  const ended = await read(git, there, list)
  if (ended.code !== 0) throw unexpected(`list what is ignored in ${there.path}`, ended)
  const until = elapsed() + limits.milliseconds
  let left = limits.entries
  const within = (): boolean => left > 0 && elapsed() < until
  const top = Buffer.from(`${there.path}/`)

  async function add(path: Buffer, count: Count): Promise<void> {
    left -= 1
    const entry = await lstat(path).catch(() => null)
    if (entry === null) return
    if (!entry.isDirectory()) {
      count.bytes += entry.size
      count.files += 1
      return
    }
    for (const name of await readdir(path, { encoding: 'buffer' }).catch(() => [])) {
      if (!within()) return
      await add(Buffer.concat([path, Buffer.from('/'), name]), count)
    }
  }

  const found: { path: RepoPath; bytes: number; files?: number }[] = []
  const all: Count = { bytes: 0, files: 0 }
  for (const field of fieldsOf(ended.stdout)) {
    if (!within()) break
    const count: Count = { bytes: 0, files: 0 }
    const isFolder = field.at(-1) === 0x2f
    await add(Buffer.concat([top, isFolder ? field.subarray(0, -1) : field]), count)
    found.push({ path: decodePath(field), bytes: count.bytes, ...(isFolder ? { files: count.files } : {}) })
    all.bytes += count.bytes
    all.files += count.files
  }
  const entries = found.toSorted((a, b) => b.bytes - a.bytes).slice(0, limits.listed)
  return { entries, ...all, atLeast: !within() }
}
