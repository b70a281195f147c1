/** What commits say of themselves: whole messages, authors, times. Reads only. */

import type { Commit } from '../../shared/model/review.ts'
import { command, limitedTo } from './argv.ts'
import { type Checkout, read } from './checkout.ts'
import { UNTRUSTED } from './environment.ts'
import { unexpected } from './failure.ts'
import { type Oid, parseOid, range } from './names.ts'
import type { Git } from './run.ts'

/** A message longer than this is cut: nobody reads a novel, and every window would get it. */
const MOST_CHARACTERS = 20_000

/** The commits that `to` has and `from` lacks, newest first: the first `limit` of them, and how many there are. */
export async function commitMessages(
  git: Git,
  checkout: Checkout,
  { from, to, limit }: { readonly from: Oid; readonly to: Oid; readonly limit: number },
): Promise<{ readonly commits: readonly Commit[]; readonly all: number }> {
  // rev-list, not log: it never checks signatures, whatever the repository's settings say. No message can hold a NUL.
  const format = '--format=%H%x00%an%x00%aI%x00%B%x00'
  const list = command('rev-list', '--topo-order', '--no-commit-header', '--encoding=UTF-8', format, range(from, to))
  const ended = await read(git, checkout, limitedTo(list, []), { env: UNTRUSTED })
  if (ended.code !== 0) throw unexpected('list the commits of a branch', ended)
  const fields = ended.stdout.toString().split('\0')
  const commits: Commit[] = []
  let all = 0
  for (let at = 0; at + 3 < fields.length; at += 4) {
    all += 1
    const oid = parseOid((fields[at] ?? '').trim())
    if (oid === null || commits.length >= limit) continue
    const [subject = '', ...rest] = (fields[at + 3] ?? '').trimEnd().split('\n')
    const body = rest.join('\n').trim()
    commits.push({
      oid,
      subject,
      body: body.length > MOST_CHARACTERS ? `${body.slice(0, MOST_CHARACTERS)}…` : body,
      author: fields[at + 1] ?? '',
      at: fields[at + 2] ?? '',
    })
  }
  return { commits, all }
}
