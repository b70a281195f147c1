/** What the attributes of files say of them. Reads only, nothing of the repository runs. */

import { command } from './argv.ts'
import { type Checkout, read } from './checkout.ts'
import { unexpected } from './failure.ts'
import { decodePath, pathBytes, type RepoPath } from './names.ts'
import { fieldsOf } from './records.ts'
import type { Git } from './run.ts'

/** `generated`: what the attribute says, null where it says nothing. */
export type Attributes = { readonly generated: boolean | null; readonly isLfs: boolean }

/** The attributes of the named files, as the files of the checkout set them. */
export async function attributesOf(
  git: Git,
  checkout: Checkout,
  paths: readonly RepoPath[],
): Promise<ReadonlyMap<RepoPath, Attributes>> {
  const found = new Map<RepoPath, Attributes>()
  if (paths.length === 0) return found
  const stdin = Buffer.concat(paths.flatMap((path) => [pathBytes(path), Buffer.of(0)]))
  const ended = await read(git, checkout, command('check-attr', '-z', '--stdin', 'linguist-generated', 'filter'), { stdin })
  if (ended.code !== 0) throw unexpected('read the attributes of files', ended)
  const fields = fieldsOf(ended.stdout)
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const path = decodePath(fields[at] ?? Buffer.alloc(0))
    const value = fields[at + 2]?.toString() ?? ''
    const before = found.get(path) ?? { generated: null, isLfs: false }
    if (fields[at + 1]?.toString() === 'filter') found.set(path, { ...before, isLfs: value === 'lfs' })
    else found.set(path, { ...before, generated: value === 'unspecified' ? null : value === 'set' || value === 'true' })
  }
  return found
}
