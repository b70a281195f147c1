/** The sessions in the order that the user just gave them, until the House says the same or something newer. */

import { useCallback, useState } from 'react'
import type { Session } from '../../shared/model/session.ts'
import { move } from '../state/actions.ts'
import { useHouse } from '../state/store.ts'
import { inOrder, isSettled, movedTo, placeAfterDrop, type Drop, type Wish } from './order.ts'

export type Ordered = {
  readonly ordered: readonly Session[]
  /** The ids, left to right. The same list as long as the order is the same. */
  readonly order: readonly string[]
  readonly drop: (dragged: string, where: Drop) => void
}

/** Takes the sessions as the House has them; gives them as they are shown. */
export function useOrder(sessions: readonly Session[]): Ordered {
  const [wish, setWish] = useState<Wish | null>(null)
  const house = sessions.map(({ id }) => id)
  const settled = wish !== null && isSettled(wish, house)
  if (settled) setWish(null)
  const ordered = settled ? sessions : inOrder(sessions, wish?.ids ?? null)
  const now = ordered.map(({ id }) => id)
  const [order, setOrder] = useState(now)
  const changed = order.join() !== now.join()
  if (changed) setOrder(now)

  const drop = useCallback(
    (dragged: string, where: Drop): void => {
      const to = placeAfterDrop(order, dragged, where.over, where.edge)
      const known = useHouse.getState().projection.view?.sessions ?? []
      const name = known.find(({ id }) => id === dragged)?.name
      if (to === null || name === undefined) return
      const mine: Wish = { ids: movedTo(order, dragged, to), before: known.map(({ id }) => id), accepted: false }
      setWish(mine)
      void move(name, to).then((accepted) =>
        setWish((current) => (current === mine ? (accepted ? { ...mine, accepted } : null) : current)),
      )
    },
    [order],
  )
  return { ordered, order: changed ? now : order, drop }
}
