/** Where a session's worktree is: in its place, gone, moved, or something else in its place. Looks, and changes nothing. */

import { readFile, stat } from 'node:fs/promises'
import type { Checkout } from '../../git/checkout.ts'
import { branchOf } from '../../git/names.ts'
import { exists, gitDirOf } from '../../git/places.ts'
import { branchIn, movedBeside, placeOf, registrationsOf } from '../../git/registrations.ts'

export type Whereabouts =
  | { readonly kind: 'there' }
  /** A folder is there, and it is no worktree of this repository. */
  | { readonly kind: 'no-worktree' }
  /** `movedTo`: it was found there. `branchAt`: another folder has its branch checked out, which cannot be taken over. */
  | { readonly kind: 'gone'; readonly movedTo: string | null; readonly branchAt: string | null }

export async function whereaboutsOf(repository: Checkout, path: string, branch: string): Promise<Whereabouts> {
  const folder = await stat(path).catch(() => null)
  const home = await gitDirOf(repository.path)
  if (folder?.isDirectory() === true) {
    const own = await gitDirOf(path)
    return own !== null && home !== null && own.common === home.common ? { kind: 'there' } : { kind: 'no-worktree' }
  }
  const place = await placeOf(path)
  for (const registration of await registrationsOf(repository)) {
    if (branchIn(registration) !== branch) continue
    const movedTo = registration.path === place ? await movedBeside(registration) : registration.path
    if (movedTo !== null && (await exists(movedTo))) return { kind: 'gone', movedTo, branchAt: null }
  }
  const main = home === null || home.own !== home.common ? null : await headBranch(home.own)
  return { kind: 'gone', movedTo: null, branchAt: main === branch ? repository.path : null }
}

async function headBranch(gitDir: string): Promise<string | null> {
  const head = await readFile(`${gitDir}/HEAD`, 'utf8').catch(() => '')
  return head.startsWith('ref: ') ? branchOf(head.trimEnd().slice('ref: '.length)) : null
}
