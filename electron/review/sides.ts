/** Both sides of one changed file, as bytes: from git, or from the worktree. */

import type { DiffOf } from '../../shared/model/diff.ts'
import { fail, ok, type Refused, type Result } from '../../shared/result.ts'
import { blobBytes } from '../git/blob-bytes.ts'
import type { DiffSpan, Side } from '../git/diff.ts'
import type { Git } from '../git/run.ts'
import { type Listed, listingOf } from './listing.ts'
import type { Reviewed } from './reviewed.ts'
import { loaded } from './spans.ts'
import { type Bytes, fileBytes, LARGE } from './worktree-file.ts'

/** A side is null where there is no file. */
export type Sides = { readonly from: Buffer | null; readonly to: Buffer | null }

type Wanted = { readonly of: DiffOf; readonly path: string; readonly most: number }

/** Reads both sides of a file of at most so many bytes each. Failures: it is too large, or not changed there. */
export async function sidesOf(
  git: Git,
  reviewed: Reviewed,
  { of, path, most }: Wanted,
): Promise<Result<Sides, 'no-such-work' | 'too-large'>> {
  const list = await listingOf(git, reviewed, of)
  if (!list.ok) return list
  const file = list.value.value.find((one) => one.path === path)
  if (file === undefined) return fail('no-such-work', `“${path}” is not changed there any more. Show the changes again.`)
  const done = await loaded(git, reviewed, of, {
    label: JSON.stringify(['sides', path, most]),
    from: (span) => readSides(git, reviewed, span, file, most),
    bytesOf: ({ from, to }) => sizeOf(from) + sizeOf(to),
  })
  if (!done.ok) return done
  const { from, to } = done.value.value
  return from === LARGE || to === LARGE ? tooLarge(path, most) : ok({ from, to })
}

function sizeOf(bytes: Bytes): number {
  return bytes === null || bytes === LARGE ? 0 : bytes.length
}

function tooLarge(path: string, most: number): Refused<'too-large'> {
  return fail(
    'too-large',
    `“${path}” has more than ${most / 1024 / 1024} MiB, too much to be shown whole. Open it in your editor.`,
  )
}

async function readSides(
  git: Git,
  { worktree }: Reviewed,
  { to, env }: DiffSpan,
  file: Listed,
  most: number,
): Promise<{ readonly from: Bytes; readonly to: Bytes }> {
  // Git may know the id of a file of the worktree without having kept it.
  const inGit = to === 'worktree' ? [file.from] : [file.from, file.to]
  const blobs = inGit.flatMap((side) => (side?.blob != null && side.mode !== '160000' ? [side.blob] : []))
  const found = await blobBytes(git, worktree, blobs, { most, env })
  let next = 0
  const bytesOf = async (side: Side | null): Promise<Bytes> => {
    if (side === null) return null
    if (side.mode === '160000') return Buffer.from(`Subproject commit ${side.blob ?? 'unknown'}\n`)
    if (side === file.to && to === 'worktree') return fileBytes(worktree.path, file.path, most)
    return side.blob === null ? null : (found[next++] ?? LARGE)
  }
  return { from: await bytesOf(file.from), to: await bytesOf(file.to) }
}
