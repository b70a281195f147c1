/** Makes drafts of what another session found: on the lines of the work that it read, quoted from there. */

import type { Checkout } from '../git/checkout.ts'
import { changedFiles } from '../git/diff.ts'
import type { Oid } from '../git/names.ts'
import type { Git } from '../git/run.ts'
import { contentsOf, printOf } from './content.ts'
import { placeOfFinding, type Finding } from './findings.ts'
import { linesOf } from './matching.ts'
import type { KeptComment } from './record.ts'

export type Reader = {
  /** The session that found it. */
  readonly by: { readonly session: string; readonly name: string }
  readonly at: string
}

/** Takes findings about a work from `base` to `head`; gives them as drafts, in their order. Two processes. */
export async function draftsFrom(
  git: Git,
  repository: Checkout,
  { base, head }: { readonly base: Oid; readonly head: Oid },
  findings: readonly Finding[],
  { by, at }: Reader,
): Promise<readonly KeptComment[]> {
  const changed = new Set<string>((await changedFiles(git, repository, { from: base, to: head })).map(({ path }) => path))
  const named = [...new Set(findings.map(({ path }) => path))].filter((path) => changed.has(path))
  const texts = await contentsOf(
    git,
    { repository, worktree: repository.path },
    named.map((path) => ({ path, at: head })),
  )
  const files = new Map<string, readonly string[]>()
  const held = new Map<string, string | null>()
  named.forEach((path, index) => {
    const text = texts[index]
    held.set(path, text ?? null)
    files.set(path, text == null ? [] : linesOf(text))
  })
  return findings.map((finding): KeptComment => {
    const place = placeOfFinding(finding, (path) => files.get(path)?.length ?? null)
    const { path, lines } = place
    const text = path === null ? undefined : held.get(path)
    // Of a file as a whole: whether it changes later is told by what it holds now.
    const print = path === null || lines !== null ? {} : { print: printOf(text ?? null) }
    const quoted = path === null || lines === null ? [] : (files.get(path)?.slice(lines.start - 1, lines.end) ?? [])
    return { ...place, ...print, id: crypto.randomUUID(), head, quoted, at, state: 'draft', by }
  })
}
