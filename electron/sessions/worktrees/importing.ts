/** Which worktrees of the user's can become sessions, and under which names. Pure. */

import { parseName } from '../../../shared/model/names.ts'

/** A worktree as git has it registered. */
export type Candidate = { readonly path: string; readonly branch: string | null; readonly isThere: boolean }

/** Why it cannot be imported, in a sentence; null when it can. `target`: the branch that work lands on. */
export function hindrance({ path, branch, isThere }: Candidate, target: string | null): string | null {
  if (!isThere) return `Its folder ${path} is gone. Run “git worktree prune” if it will not come back.`
  if (branch === null) return 'It is on no branch. Switch it to one with “git switch”, then import it.'
  if (branch === target) return `It is on ${branch}, the branch that work lands on. Switch it to another one, then import it.`
  return null
}

/** Names to try for it, the likeliest first: its folder's, then its branch's; numbered where they are taken. */
export function* namesFor({ path, branch }: Candidate): Generator<string> {
  const pieces = [path.split(/[\\/]/u).at(-1) ?? '', (branch ?? '').split('/').at(-1) ?? '', 'imported']
  const names = pieces.flatMap((piece) => {
    const parsed = parseName(piece.trim().replaceAll(/\s+/gu, '-'))
    return parsed.ok ? [parsed.value] : []
  })
  yield* names
  for (let number = 2; number < 1000; number += 1) yield `${names[0] ?? 'imported'}-${number}`
}
