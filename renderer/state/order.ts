/** An order that the user gave the cascade, and until when it counts. Pure. */

/** The order after one of them was put at a place, from 1. */
export function movedTo(ids: readonly string[], id: string, to: number): readonly string[] {
  const rest = ids.filter((other) => other !== id)
  return [...rest.slice(0, to - 1), id, ...rest.slice(to - 1)]
}

/** The sessions in a wished order, as long as it names exactly them; else as they are. */
export function inOrder<One extends { readonly id: string }>(
  sessions: readonly One[],
  wished: readonly string[] | null,
): readonly One[] {
  if (wished === null || wished.length !== sessions.length) return sessions
  const byId = new Map(sessions.map((session) => [session.id, session]))
  const ordered = wished.flatMap((id) => byId.get(id) ?? [])
  return ordered.length === sessions.length ? ordered : sessions
}

/** An order that the user gave, and that the House was asked for. */
export type Wish = {
  readonly ids: readonly string[]
  /** The House's order when it was asked. */
  readonly before: readonly string[]
  readonly accepted: boolean
}

const same = (one: readonly string[], other: readonly string[]): boolean => one.join() === other.join()

/** True when the House's order counts again: it is the wished one, names other sessions, or is a later one than the wish was made on. */
export function isSettled({ ids, before, accepted }: Wish, house: readonly string[]): boolean {
  if (same(house, ids) || !same(house.toSorted(), ids.toSorted())) return true
  return accepted && !same(house, before)
}
