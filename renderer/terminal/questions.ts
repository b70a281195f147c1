/** What a terminal asks its user before it does it. One question at a time; a new one takes the place of the old. */

import { create } from 'zustand'
import type { Paste } from './paste.ts'

export type Question =
  | { readonly kind: 'paste'; readonly paste: Paste; yes(): void; done(): void }
  | { readonly kind: 'link'; readonly text: string; readonly target: string; yes(): void; done(): void }

export const useQuestion = create<{ readonly question: Question | null }>()(() => ({ question: null }))

export function askUser(question: Question): void {
  useQuestion.setState({ question })
}

/** Answers it: no is nothing done. */
export function answerQuestion(yes: boolean): void {
  const { question } = useQuestion.getState()
  useQuestion.setState({ question: null })
  if (yes) question?.yes()
  question?.done()
}
