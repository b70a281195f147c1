/** Starts that were left while they were under way, or failed after that: what was typed for them is put aside, and nothing is lost. Pure. */

import * as z from 'zod'
import type { Session } from '../../shared/model/session.ts'
import { draft, EMPTY_DRAFT, type Draft } from './draft.ts'

const aside = z.object({
  id: z.string(),
  name: z.string(),
  typed: draft,
  /** Why it did not start; null while that is not known. */
  message: z.string().nullable(),
})
export type Aside = z.infer<typeof aside>

export const asides = z.array(aside).readonly()

/** What is read of a session: a start that this window knows nothing more of may have become one. */
export type Known = Pick<Session, 'name' | 'prompt'>

/** True when the session is there with exactly what was typed: another window, or an earlier visit, left its start. */
const became = ({ name, typed }: Aside, sessions: readonly Known[]): boolean =>
  sessions.some((session) => session.name === name && session.prompt === typed.prompt)

/** The one to offer when the dialog opens: the first that is not under way any more and did not become a session. */
export function offered(all: readonly Aside[], underWay: readonly string[], sessions: readonly Known[]): Aside | null {
  return all.find((one) => !underWay.includes(one.id) && !became(one, sessions)) ?? null
}

/** True for a draft that nobody would miss. */
export function isBlank(typed: Draft): boolean {
  return typed.prompt.trim() === '' && typed.scope.length === 0 && typed.scopeText.trim() === ''
}

/** What was put aside, as a sentence that says why. */
export function asideWords({ name, message }: Aside): string {
  const named = name === '' ? 'a session' : `“${name}”`
  return message === null ? `What you typed for ${named} is still here.` : `What you typed for ${named} is still here: ${message}`
}

/** The two change places: what was put aside is typed again, and what was being typed, if anything, is put aside. */
export function exchanged(
  all: readonly Aside[],
  back: Aside,
  typed: Draft,
  name: string,
): { readonly typed: Draft; readonly all: readonly Aside[] } {
  const rest = all.filter(({ id }) => id !== back.id)
  const kept = isBlank(typed) ? [] : [{ id: `${back.id}'`, name, typed, message: null }]
  return { typed: { ...EMPTY_DRAFT, ...back.typed }, all: [...rest, ...kept] }
}
