/** The commands that the open repository's files suggest, asked once while the page shows. */

import { useEffect, useState } from 'react'
import type { Guess } from '../../shared/model/found.ts'
import { look } from '../state/finding.ts'

export type Guesses = { readonly checks: readonly Guess[]; readonly setup: readonly Guess[] }

const NONE: Guesses = { checks: [], setup: [] }

/** Gives the guesses of the open repository, none until they came. */
export function useGuesses(): Guesses {
  const [found, setFound] = useState(NONE)
  useEffect(() => {
    let isOver = false
    void look().then((answer) => {
      if (!isOver && answer !== null) setFound(answer)
    })
    return () => {
      isOver = true
    }
  }, [])
  return found
}
