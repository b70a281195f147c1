/** What files hold, in commits: as bytes, many with one process. Reads only. */

import { command } from './argv.ts'
import { type Checkout, read } from './checkout.ts'
import { UNTRUSTED } from './environment.ts'
import { unexpected } from './failure.ts'
import { type Oid, pathBytes, type RepoPath } from './names.ts'
import type { Git } from './run.ts'

export type FileIn = { readonly commit: Oid; readonly path: RepoPath }

/** The content of each file, in the order asked; null where the commit has no such file. What a partial clone left out is not fetched. */
export async function filesIn(git: Git, checkout: Checkout, wanted: readonly FileIn[]): Promise<readonly (Buffer | null)[]> {
  if (wanted.length === 0) return []
  const names = wanted.map(({ commit, path }) => Buffer.concat([Buffer.from(`${commit}:`), pathBytes(path)]))
  const stdin = Buffer.concat(names.flatMap((name) => [name, Buffer.of(0)]))
  const ended = await read(git, checkout, command('cat-file', '--batch', '-z'), { stdin, env: UNTRUSTED })
  if (ended.code !== 0) throw unexpected('read the files of a commit', ended)
  const { stdout } = ended
  let at = 0
  return names.map((name) => {
    // A name that git does not find is repeated, whatever line breaks it holds.
    const absent = Buffer.concat([name, Buffer.from(' missing\n')])
    if (stdout.subarray(at, at + absent.length).equals(absent)) {
      at += absent.length
      return null
    }
    const end = stdout.indexOf(0x0a, at)
    const [, type, size] = stdout.toString('latin1', at, end).split(' ')
    const from = end + 1
    // So a newer git says of a submodule's commit.
    if (type === 'submodule' && size === undefined) {
      at = from
      return null
    }
    at = from + Number(size) + 1
    if (end < 0 || !Number.isInteger(Number(size))) throw unexpected('read the files of a commit', ended)
    return type === 'blob' ? stdout.subarray(from, from + Number(size)) : null
  })
}
