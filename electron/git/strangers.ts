/** The files of a checkout that git does not track, ignored ones included. Reads only. */

import { command, limitedTo } from './argv.ts'
import { type Checkout, read } from './checkout.ts'
import { unexpected } from './failure.ts'
import { decodePath, type RepoPath } from './names.ts'
import { fieldsOf } from './records.ts'
import type { Git } from './run.ts'

/**
 * Takes paths that limit the look, which git then does not leave; `[]` is no limit. Gives files and links, never what lies
 * behind a link. A repository inside the checkout is one entry that ends with `/`.
 */
export async function strangers(git: Git, checkout: Checkout, within: readonly RepoPath[]): Promise<readonly RepoPath[]> {
  const ended = await read(git, checkout, limitedTo(command('ls-files', '--others', '-z'), within))
  if (ended.code !== 0) throw unexpected(`list the files that git does not track in ${checkout.path}`, ended)
  return fieldsOf(ended.stdout).map(decodePath)
}
