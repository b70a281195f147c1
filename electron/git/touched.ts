/** What git says of some paths of a checkout and of nothing else. Reads only. */

import { command, limitedTo } from './argv.ts'
import { type Checkout, readFiles } from './checkout.ts'
import { unexpected } from './failure.ts'
import { decodePath, type RepoPath } from './names.ts'
import { fieldsOf } from './records.ts'
import type { Git } from './run.ts'
import { parseStatus, type Status } from './status.ts'

/** `ignored`: those of the paths, and what lies in them, that a rule ignores; folders without `/` at their end. */
export type Touched = Status & { readonly ignored: readonly RepoPath[] }

/** The state of the named files and folders. It is that of the whole checkout, limited to them, but for moves from or to others. */
export async function statusOfPaths(git: Git, checkout: Checkout, paths: readonly RepoPath[]): Promise<Touched> {
  const submodules = checkout.trusted ? '--ignore-submodules=none' : '--ignore-submodules=all'
  const look = command(
    'status',
    '--porcelain=v2',
    '-z',
    '--branch',
    '--untracked-files=all',
    '--ignored=matching',
    '--no-ahead-behind',
    '--find-renames',
    submodules,
  )
  const ended = await readFiles(git, checkout, limitedTo(look, paths))
  if (ended.code !== 0) throw unexpected(`read the state of ${checkout.path}`, ended)
  const ignored = fieldsOf(ended.stdout).flatMap((field) =>
    field[0] === 0x21 ? [decodePath(field.subarray(2)).replace(/\/$/u, '') as RepoPath] : [],
  )
  return { ...parseStatus(ended.stdout), ignored }
}
