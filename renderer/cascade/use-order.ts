/** The sessions as the cascade shows them: in the order that the user just gave them, else in the House's. */

import { useCallback, useState } from 'react'
import type { Session } from '../../shared/model/session.ts'
import { moveTo, useWish } from '../state/moving.ts'
import { inOrder, isSettled } from '../state/order.ts'
import { placeAfterDrop, type Drop } from './order.ts'

export type Ordered = {
  readonly ordered: readonly Session[]
  /** The ids, left to right. The same list as long as the order is the same. */
  readonly order: readonly string[]
  readonly drop: (dragged: string, where: Drop) => void
}

/** Takes the sessions as the House has them; gives them as they are shown. */
export function useOrder(sessions: readonly Session[]): Ordered {
  const wish = useWish((state) => state.wish)
  const house = sessions.map(({ id }) => id)
  const ordered = wish === null || isSettled(wish, house) ? sessions : inOrder(sessions, wish.ids)
  const now = ordered.map(({ id }) => id)
  const [order, setOrder] = useState(now)
  const changed = order.join() !== now.join()
  if (changed) setOrder(now)
  const drop = useCallback(
    (dragged: string, where: Drop): void => {
      const to = placeAfterDrop(order, dragged, where.over, where.edge)
      if (to !== null) moveTo(dragged, to)
    },
    [order],
  )
  return { ordered, order: changed ? now : order, drop }
}
