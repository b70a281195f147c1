/** What archiving a session would keep and what would go, asked when its dialog opens, and again on demand. */

import { useCallback, useEffect, useState } from 'react'
import type { Leavings } from '../../shared/model/archive.ts'
import type { Failure } from '../../shared/result.ts'
import { leavings } from '../state/actions.ts'

export type LeavingsSaid =
  | { readonly kind: 'looking' }
  | { readonly kind: 'known'; readonly leavings: Leavings }
  /** `goesOn`: it can be archived nevertheless. */
  | { readonly kind: 'unknown'; readonly message: string; readonly goesOn: boolean }

const LOOKING: LeavingsSaid = { kind: 'looking' }

const unknown = ({ code, message }: Failure): LeavingsSaid => ({ kind: 'unknown', message, goesOn: code === 'worktree-missing' })

/** Takes the name of a session; gives what is known, and the way to look again. */
export function useLeavings(name: string): readonly [said: LeavingsSaid, again: () => void] {
  const [round, setRound] = useState(0)
  const question = `${name} ${round}`
  const [answer, setAnswer] = useState<{ readonly question: string; readonly said: LeavingsSaid } | null>(null)
  useEffect(() => {
    let isOver = false
    void leavings(name).then((told) => {
      if (!isOver) setAnswer({ question, said: told.ok ? { kind: 'known', leavings: told.value } : unknown(told.failure) })
    })
    return () => {
      isOver = true
    }
  }, [name, question])
  const again = useCallback(() => setRound((before) => before + 1), [])
  return [answer?.question === question ? answer.said : LOOKING, again]
}
