/** Asks while somebody types: a moment after the last letter; answers to earlier texts are dropped. */

import { useEffect, useState } from 'react'

const MOMENT_MS = 140

/** Gives the last answer, and whether it is to the question of now. No question, no answer. */
export function useAnswer<T>(
  question: string | null,
  ask: (question: string) => Promise<T>,
): { readonly answer: T | null; readonly isFresh: boolean } {
  const [last, setLast] = useState<{ readonly question: string; readonly answer: T } | null>(null)
  useEffect(() => {
    if (question === null) return
    let isOver = false
    const timer = window.setTimeout(() => {
      void ask(question).then((answer) => {
        if (!isOver) setLast({ question, answer })
      })
    }, MOMENT_MS)
    return () => {
      isOver = true
      window.clearTimeout(timer)
    }
  }, [question, ask])
  return { answer: question === null ? null : (last?.answer ?? null), isFresh: last?.question === question }
}
