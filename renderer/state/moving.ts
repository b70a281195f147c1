/** The order that this window just gave the cascade: shown at once, until the House says the same or something newer. */

import { create } from 'zustand'
import { move } from './actions.ts'
import { isSettled, movedTo, type Wish } from './order.ts'
import { cascadeOf } from './standing.ts'
import { useHouse } from './store.ts'

/** The wish of this window; null when the House's order is the one that counts. */
export const useWish = create<{ readonly wish: Wish | null }>()(() => ({ wish: null }))

const houseOrder = (): readonly string[] => cascadeOf(useHouse.getState().projection.view?.sessions ?? []).map(({ id }) => id)

// A wish that has come true, or was overtaken, must not count again when the House comes back to where it was.
useHouse.subscribe(() => {
  const { wish } = useWish.getState()
  if (wish !== null && isSettled(wish, houseOrder())) useWish.setState({ wish: null })
})

/** The ids of the cascade as this window shows it. */
export function orderNow(): readonly string[] {
  const [house, { wish }] = [houseOrder(), useWish.getState()]
  return wish === null || isSettled(wish, house) ? house : wish.ids
}

/** Puts a session, by id, at a place from 1: shown at once, taken back when the House refuses. */
export function moveTo(id: string, to: number): void {
  const session = useHouse.getState().projection.view?.sessions.find((one) => one.id === id)
  const order = orderNow()
  const place = Math.min(Math.max(to, 1), order.length)
  if (session === undefined || order[place - 1] === id) return
  const mine: Wish = { ids: movedTo(order, id, place), before: houseOrder(), accepted: false }
  useWish.setState({ wish: mine })
  void move(session.name, place).then((accepted) => {
    if (useWish.getState().wish === mine) useWish.setState({ wish: accepted ? { ...mine, accepted } : null })
  })
}

/** Puts a session so many places to the right, or to the left of where this window shows it. */
export function moveBy(id: string, step: number): void {
  moveTo(id, orderNow().indexOf(id) + 1 + step)
}
