/** What a session says of its own work, and its commits: asked for again whenever its commits, or its turn, are other ones. */

import { useEffect, useRef, useState } from 'react'
import type { Summary } from '../../shared/model/review.ts'
import type { Session } from '../../shared/model/session.ts'
import { ask } from './house.ts'
import { createLatest, type Latest } from './latest.ts'
import { useHouse } from './store.ts'

const known = new Map<string, Summary>()
const MOST_KEPT = 12

function keep(id: string, summary: Summary): void {
  known.delete(id)
  known.set(id, summary)
  const oldest = known.keys().next().value
  if (known.size > MOST_KEPT && oldest !== undefined) known.delete(oldest)
}

/** What is known of a session, by id, without asking; null for nothing. */
export function summaryNow(id: string): Summary | null {
  return known.get(id) ?? null
}

/** Takes the session on show; null until its summary is here, and where it has none. */
export function useSummaryOf({ id, name, head, behind, ahead, state, research }: Session): Summary | null {
  const [summary, setSummary] = useState<Summary | null>(() => summaryNow(id))
  const generation = useHouse((house) => house.projection.view?.generation ?? 0)
  const standing = JSON.stringify([name, head, behind, ahead, state])
  const latest = useRef<Latest<string> | null>(null)
  useEffect(() => {
    // Also while it changes faster than answers come.
    const mine = createLatest(
      (now: string) => ask('review.summary', { name: now }),
      (answer) => {
        if (!answer.ok) return
        keep(id, answer.value)
        setSummary(answer.value)
      },
    )
    latest.current = mine
    return () => mine.close()
  }, [id])
  useEffect(() => {
    if (!research) latest.current?.want(name)
    // What changed is a reason to ask again, although the question stays the same.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [id, name, research, generation, standing])
  return summary
}
