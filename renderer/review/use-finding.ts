/** Searches the diff on show in short turns, so that the page never waits for it. */

import { useEffect, useState } from 'react'
import { rowsOf } from './diff-rows.ts'
import type { Part } from './diff-items.ts'
import { find, type Match, type Query } from './finding.ts'

/** What a turn may take: less than a frame, so that keys and scrolling come in between. */
const TURN_MS = 6

export type Found = { readonly query: Query; readonly matches: readonly Match[]; readonly over: boolean }

/** Takes what is looked for, null for nothing, and where; gives what was found so far. */
export function useFinding(query: Query | null, parts: readonly Part[]): Found | null {
  const [found, setFound] = useState<Found | null>(null)
  useEffect(() => {
    if (query === null || query.text === '') return
    const turns = find(
      parts.map(({ id, read }) => ({ id, rows: () => rowsOf(read) })),
      query,
    )
    let timer: ReturnType<typeof setTimeout> | undefined
    let told = 0
    const turn = (): void => {
      const end = performance.now() + TURN_MS
      let next = turns.next()
      while (next.done !== true && performance.now() < end) next = turns.next()
      const over = next.done === true
      // What comes while it searches is told a few times a second.
      if (over || performance.now() - told > 150) {
        told = performance.now()
        setFound({ query, matches: [...next.value], over })
      }
      if (!over) timer = setTimeout(turn)
    }
    turn()
    return () => clearTimeout(timer)
  }, [query, parts])
  return query === null || query.text === '' ? null : found
}
