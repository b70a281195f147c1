/** What the House says of a scope while it is typed: a moment after the last letter, and never of an earlier text. */

import type { ScopeMatch } from '../../shared/model/found.ts'
import { completePath, matchScope } from '../state/scoping.ts'
import { useAnswer } from './use-answer.ts'

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
