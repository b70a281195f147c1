/** What the House says of a scope while it is typed: a moment after the last letter, and never of an earlier text. */

import { useEffect, useState } from 'react'
import type { ScopeMatch } from '../../shared/model/found.ts'
import { completePath, matchScope } from '../state/scoping.ts'

const MOMENT_MS = 140

/** Asks a moment after the question last changed; gives the last answer, and whether it is to the question of now. */
function useAnswer<T>(question: string | null, ask: (question: string) => Promise<T>): { answer: T | null; isFresh: boolean } {
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

export type ScopeSaid = { readonly match: ScopeMatch | null; readonly problem: string | null; readonly isFresh: boolean }

const asQuestion = (scope: readonly string[]): string => JSON.stringify(scope)

async function match(question: string): Promise<Omit<ScopeSaid, 'isFresh'>> {
  const answer = await matchScope(JSON.parse(question) as readonly string[])
  if (answer.ok) return { match: answer.value, problem: null }
  return { match: null, problem: answer.failure.code === 'bad-scope' ? answer.failure.message : null }
}

/** Takes the scope; gives what it holds. Nothing for none. */
export function useScope(scope: readonly string[]): ScopeSaid {
  const { answer, isFresh } = useAnswer(scope.length === 0 ? null : asQuestion(scope), match)
  return { match: answer?.match ?? null, problem: isFresh ? (answer?.problem ?? null) : null, isFresh }
}

/** Takes what is typed and whether somebody types there; gives how the path may go on. */
export function useCompletions(text: string, isOn: boolean): readonly string[] {
  const { answer, isFresh } = useAnswer(isOn ? text : null, completePath)
  return isFresh ? (answer ?? []) : []
}
