/** The changed files of one side of a session's work, with what is known of each. Loaded once for the same commits. */

import type { DiffFile, DiffOf } from '../../shared/model/diff.ts'
import type { Result } from '../../shared/result.ts'
import { attributesOf } from '../git/attributes.ts'
import { blobHeads } from '../git/blob-bytes.ts'
import type { Checkout } from '../git/checkout.ts'
import { changedBeyondLineEnds, changedFiles, type ChangedFile, type DiffSpan } from '../git/diff.ts'
import type { RepoPath } from '../git/names.ts'
import type { Git } from '../git/run.ts'
import { isGeneratedName, isLockFile, pictureType, saysGenerated } from './diffs-kinds.ts'
import type { Reviewed } from './reviewed.ts'
import { type Loaded, loaded } from './spans.ts'
import { fileBytes } from './worktree-file.ts'

export type Listed = ChangedFile & Pick<DiffFile, 'folded' | 'kind'>

/** A change of more lines is nothing that a person reads from its beginning. */
const LARGE_LINES = 3000
/** Fewer lines need no folding away, so nobody has to know what they are. */
const WORTH_FOLDING = 10
/** A pointer of Git LFS has three lines. */
const POINTER_LINES = 4

/** Where a file says what it is, if it does. */
const HEAD_BYTES = 1024
/** More files that are not committed are not looked into. */
const MOST_LOOSE = 200

const BYTES_A_FILE = 400

/** The files of that side. Failure: the commit or the other session is not there. */
export function listingOf(
  git: Git,
  reviewed: Reviewed,
  of: DiffOf,
  blanks = true,
): Promise<Result<Loaded<readonly Listed[]>, 'no-such-work'>> {
  return loaded(git, reviewed, of, {
    label: blanks ? 'list' : 'list without blanks',
    from: (compared) => listed(git, reviewed.worktree, { ...compared, blanks }),
    bytesOf: (files) => files.reduce((sum, { path }) => sum + BYTES_A_FILE + 2 * path.length, 0),
  })
}

const sizeOf = ({ insertions, deletions }: ChangedFile): number => insertions + deletions

async function listed(git: Git, checkout: Checkout, span: DiffSpan): Promise<readonly Listed[]> {
  const files = await changedFiles(git, checkout, span)
  const text = files.filter(({ binary, path }) => !binary && !path.endsWith('/'))
  const worth = text.filter((file) => sizeOf(file) >= WORTH_FOLDING && file.to !== null)
  const swapped = worth.filter(({ insertions, deletions }) => insertions === deletions)
  const [attributes, said, beyond] = await Promise.all([
    attributesOf(
      git,
      checkout,
      files.map(({ path }) => path).filter((path) => !path.endsWith('/')),
    ),
    saidToBeGenerated(git, checkout, span, worth),
    changedBeyondLineEnds(git, checkout, { ...span, paths: swapped.flatMap(namesOf) }),
  ])
  const lineEnds = new Set(swapped.filter(({ path }) => !beyond.has(path)).map(({ path }) => path))

  return files.map((file) => {
    const { generated = null, isLfs = false } = attributes.get(file.path) ?? {}
    const kind = kindOf(file, isLfs)
    const isMade = generated ?? (isGeneratedName(file.path) || said.has(file.path))
    const folded = foldedOf(file, isMade, lineEnds)
    return { ...file, ...(kind === undefined ? {} : { kind }), ...(folded === undefined ? {} : { folded }) }
  })
}

/** Those of the files in whose first lines a program says that it wrote them. */
async function saidToBeGenerated(
  git: Git,
  checkout: Checkout,
  { to, env }: DiffSpan,
  files: readonly Listed[],
): Promise<ReadonlySet<RepoPath>> {
  const found = new Set<RepoPath>()
  const note = (path: RepoPath, head: unknown): void => {
    if (Buffer.isBuffer(head) && saysGenerated(head.toString())) found.add(path)
  }
  if (to === 'worktree') {
    for (const { path } of files.slice(0, MOST_LOOSE)) note(path, await fileBytes(checkout.path, path, HEAD_BYTES, true))
    return found
  }
  const kept = files.flatMap(({ path, to: side }) => (side?.blob == null ? [] : [{ path, blob: side.blob }]))
  const heads = await blobHeads(
    git,
    checkout,
    kept.map(({ blob }) => blob),
    { head: HEAD_BYTES, env },
  )
  kept.forEach(({ path }, at) => note(path, heads[at]))
  return found
}

/** Both names of a file that was moved: without the old one it would count as new. */
export function namesOf({ path, oldPath }: Pick<ChangedFile, 'path' | 'oldPath'>): readonly RepoPath[] {
  return oldPath === undefined ? [path] : [path, oldPath]
}

function kindOf({ path, from, to, binary, insertions, deletions }: ChangedFile, isLfs: boolean): Listed['kind'] {
  const modes = [from?.mode, to?.mode]
  if (modes.includes('160000')) return 'submodule'
  if (modes.includes('120000')) return 'link'
  // What is not a pointer is the file itself: added before the filter was set up, or with it switched off.
  if (isLfs && !binary && insertions <= POINTER_LINES && deletions <= POINTER_LINES) return 'lfs'
  return pictureType(path) === null ? undefined : 'image'
}

function foldedOf(file: ChangedFile, isMade: boolean, lineEnds: ReadonlySet<RepoPath>): Listed['folded'] {
  if (isLockFile(file.path)) return 'lock-file'
  if (isMade) return 'generated'
  if (lineEnds.has(file.path)) return 'line-endings'
  return sizeOf(file) > LARGE_LINES ? 'large' : undefined
}
