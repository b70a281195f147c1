/** Both sides of a changed picture, for a page. Draws nothing itself. */

import type { Answer } from '../../shared/contract.ts'
import type { DiffOf, Pictures } from '../../shared/model/diff.ts'
import { fail, ok } from '../../shared/result.ts'
import type { Git } from '../git/run.ts'
import { answered } from './diffs.ts'
import { pictureType } from './diffs-kinds.ts'
import type { Reviewed } from './reviewed.ts'
import { sidesOf } from './sides.ts'

const MOST_BYTES = 8 * 1024 * 1024

const POINTER = Buffer.from('version https://git-lfs')

/** Both pictures as base64. Failures: too large, not changed there, or nothing that a page can draw. */
export function readPictures(
  git: Git,
  reviewed: Reviewed,
  { of, path, oldPath = path }: { readonly of: DiffOf; readonly path: string; readonly oldPath?: string | undefined },
): Promise<Answer<'diff.pictures'>> {
  return answered(reviewed, async () => {
    const [was, is] = [pictureType(oldPath), pictureType(path)]
    if (is === null) return fail('no-image', `“${path}” is no picture that can be shown.`)
    const done = await sidesOf(git, reviewed, { of, path, most: MOST_BYTES })
    if (!done.ok) return done
    const { from, to } = done.value
    if ([from, to].some((bytes) => bytes?.subarray(0, POINTER.length).equals(POINTER)))
      return fail('no-image', `“${path}” is kept by Git LFS: git has only a pointer to it.`)
    const drawn = (bytes: Buffer | null, mime: string | null): Pictures['from'] =>
      bytes === null || mime === null ? null : { mime, base64: bytes.toString('base64'), bytes: bytes.length }
    return ok({ from: drawn(from, was), to: drawn(to, is) })
  })
}
