/** What Sluice found, asked when it is first shown, for another repository, and again when the user says so. */

import { useCallback, useEffect, useState } from 'react'
import type { Found } from '../../shared/model/found.ts'
import { look } from '../state/finding.ts'
import { useHouse } from '../state/store.ts'

export type FoundState = {
  /** Null until the first answer. */
  readonly found: Found | null
  readonly looking: boolean
  readonly again: () => void
}

/** Takes the id of the open repository, or null; gives what was found there. */
export function useFound(repository: string | null): FoundState {
  const open = useHouse((state) => state.connection === 'open')
  const [round, setRound] = useState(0)
  const question = `${repository ?? ''} ${round}`
  const [answer, setAnswer] = useState<{ readonly question: string; readonly found: Found | null } | null>(null)
  useEffect(() => {
    if (!open) return
    let over = false
    void look().then((found) => {
      // What was known stays when the House does not answer.
      if (!over) setAnswer((before) => ({ question, found: found ?? before?.found ?? null }))
    })
    return () => {
      over = true
    }
  }, [open, question])
  const again = useCallback(() => setRound((before) => before + 1), [])
  return { found: answer?.found ?? null, looking: open && answer?.question !== question, again }
}
