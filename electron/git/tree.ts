/** The files of a commit. Reads only; names as git has them, whatever bytes they are. */

import { inTurns } from '../kit/turns.ts'
import { command, limitedTo } from './argv.ts'
import { type Checkout, read } from './checkout.ts'
import { UNTRUSTED } from './environment.ts'
import { unexpected } from './failure.ts'
import { decodePath, type Oid, type RepoPath } from './names.ts'
import type { Git } from './run.ts'

/** One after the other: a list of a hundred thousand is not made before the first is looked at. */
function* namesIn(bytes: Buffer): Generator<Buffer> {
  let from = 0
  for (let nul = bytes.indexOf(0); nul !== -1; nul = bytes.indexOf(0, from)) {
    yield bytes.subarray(from, nul)
    from = nul + 1
  }
}

/** Every path of the commit's tree, in git's own order; a submodule is one path. Throws a `GitError` when there is no such commit. */
export async function filesOfCommit(git: Git, checkout: Checkout, commit: Oid): Promise<readonly RepoPath[]> {
  const list = command('ls-tree', '-r', '-z', '--name-only', '--full-tree', commit)
  // A look never fetches what a partial clone left out.
  const ended = await read(git, checkout, limitedTo(list, []), { env: UNTRUSTED })
  if (ended.code !== 0) throw unexpected('list the files of a commit', ended)
  const paths: RepoPath[] = []
  await inTurns(namesIn(ended.stdout), (name) => paths.push(decodePath(name)))
  return paths
}
