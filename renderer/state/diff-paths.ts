/** Which files the diffs of a session have, for whoever meets their names elsewhere: asked once for each state of the session. */

import type { PlainSide } from '../../shared/model/diff.ts'
import type { Session } from '../../shared/model/session.ts'
import { ask } from './house.ts'

export type DiffPaths = Readonly<Record<PlainSide, readonly string[]>>

const NONE: DiffPaths = { branch: [], uncommitted: [] }
const MOST_KEPT = 12

const known = new Map<string, Promise<DiffPaths>>()

async function pathsOf(name: string, of: PlainSide): Promise<readonly string[]> {
  const answer = await ask('diff.files', { name, of })
  if (!answer.ok) throw new Error(answer.failure.message)
  // What was deleted has no lines to show.
  return answer.value.files.filter(({ status }) => status !== 'deleted').map(({ path }) => path)
}

/** Gives the files of both sides; none while they cannot be had. */
export function diffPaths({ id, name, head, dirty, files, insertions, deletions, research }: Session): Promise<DiffPaths> {
  if (research) return Promise.resolve(NONE)
  const key = JSON.stringify([id, name, head, dirty, files, insertions, deletions])
  const before = known.get(key)
  if (before !== undefined) return before
  const asked = Promise.all([pathsOf(name, 'branch'), dirty ? pathsOf(name, 'uncommitted') : []])
    .then(([branch, uncommitted]) => ({ branch, uncommitted }))
    .catch(() => {
      known.delete(key)
      return NONE
    })
  known.set(key, asked)
  const oldest = known.keys().next().value
  if (known.size > MOST_KEPT && oldest !== undefined) known.delete(oldest)
  return asked
}
