/** What was said of the work of a session on show: asked for again whenever that, the session or its place in the queue is another one. */

import { useEffect, useRef, useState } from 'react'
import type { Review } from '../../shared/model/review.ts'
import type { Session } from '../../shared/model/session.ts'
import { ask } from './house.ts'
import { createLatest, type Latest } from './latest.ts'
import { useHouse } from './store.ts'

const known = new Map<string, Review>()
const MOST_KEPT = 12

function keep(review: Review): void {
  known.delete(review.session)
  known.set(review.session, review)
  const oldest = known.keys().next().value
  if (known.size > MOST_KEPT && oldest !== undefined) known.delete(oldest)
}

/** Takes the session on show; null until its review is here, and where it has none. */
export function useReviewOf({ id, name, head, behind, dirty, approved, scope, research, state }: Session): Review | null {
  const [review, setReview] = useState<Review | null>(() => known.get(id) ?? null)
  const told = useHouse((house) => house.projection.view?.reviews[id] ?? 0)
  const queue = useHouse((house) => house.projection.view?.queue)
  const overlap = useHouse((house) => house.projection.view?.overlap)
  const generation = useHouse((house) => house.projection.view?.generation ?? 0)
  const standing = JSON.stringify([name, head, behind, dirty, approved, scope, state === 'archived'])
  const latest = useRef<Latest<string> | null>(null)
  useEffect(() => {
    // Also while it changes faster than answers come.
    const mine = createLatest(
      (now: string) => ask('review.show', { name: now }),
      (answer) => {
        if (!answer.ok || answer.value.session !== id) return
        keep(answer.value)
        setReview(answer.value)
      },
    )
    latest.current = mine
    return () => mine.close()
  }, [id])
  useEffect(() => {
    if (!research) latest.current?.want(name)
    // What changed is a reason to ask again, although the question stays the same.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [id, name, research, told, queue, overlap, generation, standing])
  return review?.session === id ? review : (known.get(id) ?? null)
}
