/** What a file's change is, so that a mark on it holds as long as it is the same one. Keeps no marks itself. */

import { createHash } from 'node:crypto'
import type { DiffOf } from '../../shared/model/diff.ts'
import type { Result } from '../../shared/result.ts'
import type { Checkout } from '../git/checkout.ts'
import type { DiffSpan, Side } from '../git/diff.ts'
import { type FileChange, fileChanges } from '../git/diff-patch.ts'
import type { Git } from '../git/run.ts'
import { type Listed, listingOf, namesOf } from './listing.ts'
import type { Mark, Reviewed } from './reviewed.ts'
import { type Loaded, loaded } from './spans.ts'

/** Of a larger change only the blobs count, not the lines. */
const MAX_BYTES = 32 * 1024 * 1024

/** What is seen of a part of the branch, or of what came lately, is seen of the branch. */
function sideOfMarks(of: DiffOf): DiffOf {
  return of === 'unviewed' || of === 'looked' ? 'branch' : of
}

/** A blob that git has not read is like no other. */
function written(side: Side | null): string | null {
  return side === null ? null : `${side.mode} ${side.blob ?? '?'}`
}

/** Of what the change is, wherever in the file it stands: names, modes and lines; of what has no lines the blobs. */
function keyOf({ path, oldPath, from, to, hunks }: FileChange): string {
  // A file that was only moved, or made one to run, is none of a certain content.
  const isShape = from !== null && from.blob !== null && from.blob === to?.blob
  const blobs = hunks !== null || isShape ? [] : [from?.blob, to?.blob]
  const hash = createHash('sha256').update(JSON.stringify([path, oldPath, from?.mode, to?.mode, ...blobs]))
  if (hunks !== null) hash.update(hunks)
  return hash.digest('hex')
}

async function marksBetween(git: Git, checkout: Checkout, span: DiffSpan, files: readonly Listed[]): Promise<readonly Mark[]> {
  if (files.length === 0) return []
  const changes = await fileChanges(git, checkout, { ...span, paths: files.flatMap(namesOf), maxBytes: MAX_BYTES })
  const wanted = new Map(files.map((file) => [file.path, file]))
  const marks = changes
    .filter(({ path }) => wanted.delete(path))
    .map((change) => ({ path: change.path, from: written(change.from), to: written(change.to), key: keyOf(change) }))
  // What did not fit, and repositories inside the worktree.
  const rest = [...wanted.values()].map(({ path, oldPath = null, from, to }) => {
    const change = { path, oldPath, from, to, hunks: null }
    return { path, from: written(from), to: written(to), key: keyOf(change) }
  })
  return [...marks, ...rest]
}

/** The same, once for the same commits and files. */
function marksIn(
  git: Git,
  reviewed: Reviewed,
  of: DiffOf,
  files: readonly Listed[],
): Promise<Result<Loaded<readonly Mark[]>, 'no-such-work'>> {
  return loaded(git, reviewed, of, {
    label: JSON.stringify(['marks', files.map(({ path }) => path)]),
    from: (span) => marksBetween(git, reviewed.worktree, span, files),
    bytesOf: (marks) => marks.length * 300,
  })
}

/** The marks of the named files as that side has them now; files without a change there have none. */
export async function marksOf(git: Git, reviewed: Reviewed, of: DiffOf, paths: readonly string[]): Promise<readonly Mark[]> {
  const side = sideOfMarks(of)
  const list = await listingOf(git, reviewed, side)
  if (!list.ok) return []
  const named = new Set(paths)
  const marks = await marksIn(
    git,
    reviewed,
    side,
    list.value.value.filter(({ path }) => named.has(path)),
  )
  return marks.ok ? marks.value.value : []
}

/** Those of the files whose change on that side is one of the marked ones. */
export async function viewedPaths(
  git: Git,
  reviewed: Reviewed,
  of: DiffOf,
  files: readonly { readonly path: string }[],
  marks: readonly Mark[],
): Promise<ReadonlySet<string>> {
  const side = sideOfMarks(of)
  const byPath = Map.groupBy(marks, ({ path }) => path)
  const asked = new Set(files.map(({ path }) => path).filter((path) => byPath.has(path)))
  const list = asked.size === 0 ? null : await listingOf(git, reviewed, side)
  if (list === null || !list.ok) return new Set()
  const viewed = new Set<string>()
  const open: Listed[] = []
  for (const file of list.value.value) {
    if (!asked.has(file.path)) continue
    const [from, to] = [written(file.from), written(file.to)]
    // A file of the worktree that git has not read yet has no blob: its lines tell.
    const isKnown = file.to === null || file.to.blob !== null
    const same =
      isKnown && file.oldPath === undefined && byPath.get(file.path)?.some((mark) => mark.from === from && mark.to === to)
    if (same === true) viewed.add(file.path)
    else open.push(file)
  }
  const now = open.length === 0 ? null : await marksIn(git, reviewed, side, open)
  for (const { path, key } of now?.ok === true ? now.value.value : []) {
    if (byPath.get(path)?.some((mark) => mark.key === key) === true) viewed.add(path)
  }
  return viewed
}
