/** What the user folded and unfolded in the diffs of this window: kept while another session is on show, until the page is closed. */

import { useState } from 'react'

const known = new Map<string, ReadonlyMap<string, boolean>>()
const MOST_KEPT = 24
const NONE: ReadonlyMap<string, boolean> = new Map()

export type Folds = {
  readonly folds: ReadonlyMap<string, boolean>
  /** Undefined: as it folds by itself. */
  readonly setFold: (id: string, fold: boolean | undefined) => void
  readonly setAll: (ids: readonly string[], fold: boolean) => void
}

/** Takes which diff it is. */
export function useFolds(of: string): Folds {
  const [, again] = useState(0)
  const folds = known.get(of) ?? NONE
  const keep = (next: ReadonlyMap<string, boolean>): void => {
    known.delete(of)
    known.set(of, next)
    const oldest = known.keys().next().value
    if (known.size > MOST_KEPT && oldest !== undefined) known.delete(oldest)
    again((before) => before + 1)
  }
  return {
    folds,
    setFold(id, fold) {
      const next = new Map(known.get(of))
      if (fold === undefined) next.delete(id)
      else next.set(id, fold)
      keep(next)
    },
    setAll: (ids, fold) => keep(new Map(ids.map((id) => [id, fold]))),
  }
}
