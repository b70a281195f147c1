/** Both sides of a changed file as text, for the lines around a change. */

import type { Answer } from '../../shared/contract.ts'
import type { DiffOf } from '../../shared/model/diff.ts'
import { fail, ok } from '../../shared/result.ts'
import type { Git } from '../git/run.ts'
import { answered } from './diffs.ts'
import type { Reviewed } from './reviewed.ts'
import { sidesOf } from './sides.ts'

const MOST_BYTES = 2 * 1024 * 1024
/** Git takes a file for binary when there is a NUL in so many of its first bytes. */
const LOOKED_AT = 8000

function isBinary(bytes: Buffer | null): boolean {
  return bytes !== null && bytes.subarray(0, LOOKED_AT).includes(0)
}

/** The whole text of both sides. Failures: it is too large, binary, or not changed there. */
export function readWhole(git: Git, reviewed: Reviewed, of: DiffOf, path: string): Promise<Answer<'diff.whole'>> {
  return answered(reviewed, async () => {
    const done = await sidesOf(git, reviewed, { of, path, most: MOST_BYTES })
    if (!done.ok) return done
    const { from, to } = done.value
    if (isBinary(from) || isBinary(to)) return fail('binary', `“${path}” is no text, so there are no lines around a change.`)
    return ok({ from: from?.toString() ?? null, to: to?.toString() ?? null })
  })
}
