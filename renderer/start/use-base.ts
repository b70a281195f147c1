/** What the House says of the place to start from while it is typed. */

import type { BaseLook } from '../../shared/model/base.ts'
import { completeBase, lookAtBase } from '../state/basing.ts'
import { useAnswer } from './use-answer.ts'

export type BaseSaid = {
  /** The commit that is meant, as far as the last answer says. */
  readonly look: BaseLook | null
  readonly problem: string | null
  readonly completions: readonly string[]
}

async function look(from: string): Promise<Pick<BaseSaid, 'look' | 'problem'>> {
  const answer = await lookAtBase(from)
  if (answer.ok) return { look: answer.value, problem: null }
  return { look: null, problem: answer.failure.code === 'bad-ref' ? answer.failure.message : null }
}

/** Takes what is typed (null: nothing is to be asked) and whether somebody types there. */
export function useBase(from: string | null, isOn: boolean): BaseSaid {
  const { answer, isFresh } = useAnswer(from, look)
  const completions = useAnswer(isOn ? from : null, completeBase)
  return {
    look: isFresh ? (answer?.look ?? null) : null,
    problem: isFresh ? (answer?.problem ?? null) : null,
    completions: completions.isFresh ? (completions.answer ?? []) : [],
  }
}
