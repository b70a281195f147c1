/** What is being typed for a new session, with what came of starting it. */

import { useState } from 'react'
import type { Failure } from '../../shared/result.ts'
import { fieldOf, nameOf, requestOf, type Draft, type DraftField } from './draft.ts'
import type { Aside, Known } from './put-aside.ts'
import { bringBack, forgetAside, keepDraft, offeredAside, recallDraft, start, useStarting } from './starting.ts'

export type Drafting = {
  readonly typed: Draft
  /** Names that a new session cannot have. */
  readonly taken: readonly string[]
  readonly type: (part: Partial<Draft>) => void
  /** The name of the session that starts; null while none does. */
  readonly underWay: string | null
  readonly failure: Failure | null
  readonly failureAt: (field: DraftField) => string | null
  /** What was typed for one that did not start. */
  readonly aside: Aside | null
  readonly onBringBack: () => void
  readonly onForget: () => void
  readonly onStart: () => void
}

/** Takes the repository, for as long as it is open, and its sessions. */
export function useDraft(repository: string, sessions: readonly Known[]): Drafting {
  const [typed, setTyped] = useState<Draft>(() => recallDraft(repository))
  const [failure, setFailure] = useState<Failure | null>(null)
  const [aside, setAside] = useState(() => offeredAside(repository, sessions))
  const underWay = useStarting((state) => (state.awaited?.repository === repository ? state.awaited.name : null))
  // The one that starts has its row already; its name is not taken from itself.
  const taken = sessions.flatMap((session) => (session.name === underWay ? [] : [session.name]))
  const name = nameOf(typed, taken)
  const type = (part: Partial<Draft>): void => {
    if (underWay !== null) return
    const next = { ...typed, ...part }
    keepDraft(repository, next)
    setTyped(next)
    setFailure(null)
  }
  return {
    typed,
    taken,
    type,
    underWay,
    failure,
    failureAt: (field) => (failure !== null && fieldOf(failure.code) === field ? failure.message : null),
    aside,
    onBringBack: () => {
      if (aside === null) return
      setTyped(bringBack(repository, aside, typed, name))
      setFailure(null)
      setAside(offeredAside(repository, sessions))
    },
    onForget: () => {
      if (aside === null) return
      forgetAside(repository, aside)
      setAside(offeredAside(repository, sessions))
    },
    onStart: () => {
      const request = requestOf(typed, taken)
      if (request === null || underWay !== null) return
      setFailure(null)
      void start(repository, typed, name, request).then(setFailure)
    },
  }
}
