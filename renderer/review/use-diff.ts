/** Keeps the diff of the session on show fresh. The old diff stays until the new one is here, also while the session changes faster than diffs come. */

import { useEffect, useRef, useState } from 'react'
import type { Diff, DiffOf } from '../../shared/model/diff.ts'
import type { Session } from '../../shared/model/session.ts'
import { ask } from '../state/house.ts'
import { createLatest, type Latest } from '../state/latest.ts'
import { useReview } from '../state/reviewed.ts'
import { useHouse, useWindow } from '../state/store.ts'
import { standingOf } from './standing.ts'

export type ShownDiff = {
  /** Which session and side it shows. */
  readonly of: string
  readonly diff: Diff
  readonly patch: string
  /** The session's commit that the patch was made of: what was looked at. */
  readonly head: string
  readonly truncated: boolean
  /** Whether what differs in nothing but blanks is in it. */
  readonly blanks: boolean
  /** Grows with every load: the content may differ although the commits do not. */
  readonly revision: number
}

export type DiffState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly of: string; readonly message: string }
  | { readonly kind: 'ready'; readonly shown: ShownDiff }

let revisions = 0

/** The last diffs that were shown, so that going back to a session shows its diff at once; it is refreshed behind. */
const recent = new Map<string, ShownDiff>()
const MOST_RECENT = 12

/** A session that commits faster than this is shown as it is; approval names the patch's commit anyway. */
const MOST_AGAIN = 2

/** Keeps the revision when nothing changed, so that nothing is drawn or coloured again. */
function kept(next: Omit<ShownDiff, 'revision'>): ShownDiff {
  const last = recent.get(next.of)
  const same =
    last?.patch === next.patch &&
    last.head === next.head &&
    last.truncated === next.truncated &&
    // What the patch does not tell: which files are viewed, and what lies beyond its end.
    JSON.stringify(last.diff) === JSON.stringify(next.diff)
  if (!same) revisions += 1
  const shown = same ? last : { ...next, revision: revisions }
  recent.delete(next.of)
  recent.set(next.of, shown)
  const oldest = recent.keys().next().value
  if (recent.size > MOST_RECENT && oldest !== undefined) recent.delete(oldest)
  return shown
}

function remembered(key: string): DiffState {
  const shown = recent.get(key)
  return shown === undefined ? { kind: 'loading' } : { kind: 'ready', shown }
}

type Asked = { readonly of: DiffOf; readonly name: string; readonly key: string; readonly blanks: boolean }

/** Asks for list and patch. A commit that comes between the two makes them ask again. */
async function load({ of, name, key, blanks }: Asked, again: number): Promise<DiffState> {
  const asked = { name, of, ...(blanks ? {} : { blanks }) }
  const [list, text] = await Promise.all([ask('diff.files', asked), ask('diff.patch', asked)])
  if (!list.ok) return { kind: 'failed', of: key, message: list.failure.message }
  if (!text.ok) return { kind: 'failed', of: key, message: text.failure.message }
  if (list.value.head !== text.value.head && again > 0) return load({ of, name, key, blanks }, again - 1)
  return { kind: 'ready', shown: kept({ of: key, diff: list.value, blanks, ...text.value }) }
}

/** Takes a session and a side; gives its diff. */
export function useDiff(session: Session, of: DiffOf): DiffState {
  const blanks = useWindow((view) => view.blanks)
  const key = `${session.id} ${of}${blanks ? '' : ' without blanks'}`
  const [state, setState] = useState(() => remembered(key))
  const asked = useReview((review) => review.reloads)
  const generation = useHouse((house) => house.projection.view?.generation ?? 0)
  // Files that were marked as viewed.
  const told = useHouse((house) => house.projection.view?.reviews[session.id] ?? 0)
  const { name } = session
  const standing = standingOf(session)
  const latest = useRef<Latest<string> | null>(null)

  useEffect(() => {
    const mine = createLatest((now: string) => load({ of, name: now, key, blanks }, MOST_AGAIN), setState)
    latest.current = mine
    return () => mine.close()
  }, [key, of, blanks])

  useEffect(() => {
    latest.current?.want(name)
    // What changed about the session is a reason to ask again, although the question stays the same.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [key, name, standing, asked, generation, told])

  // What belongs to another session is never shown, not even for one frame.
  const whose = state.kind === 'ready' ? state.shown.of : state.kind === 'failed' ? state.of : null
  return whose === null || whose === key ? state : remembered(key)
}
