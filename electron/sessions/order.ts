/** The order of the cascade as numbers. Pure. */

export type Placed = { readonly id: string; readonly order: number }

/**
 * Takes the sessions in cascade order, and the place (from 1) that one of them is to have; a place beyond the end is the end.
 * Gives those whose number changes, with the new one. The numbers in use are dealt out anew, so that the fewest change.
 */
export function placesAfterMove(cascade: readonly Placed[], id: string, to: number): readonly Placed[] {
  const moving = cascade.find((one) => one.id === id)
  if (moving === undefined) return []
  const others = cascade.filter((one) => one !== moving)
  const after = [...others.slice(0, to - 1), moving, ...others.slice(to - 1)]
  let last = Number.NEGATIVE_INFINITY
  return after.flatMap((one, place) => {
    // Two sessions never share a number, whatever was kept.
    last = Math.max(cascade[place]?.order ?? 0, last + 1)
    return one.order === last ? [] : [{ id: one.id, order: last }]
  })
}
