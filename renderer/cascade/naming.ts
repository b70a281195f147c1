/** What a session may be called instead. Pure; the House decides again. */

import { parseName } from '../../shared/model/names.ts'

/** Why the typed text cannot be the session's name, in a sentence; null when it can. */
export function renameProblem(typed: string, own: string, taken: readonly string[]): string | null {
  if (typed === own) return null
  const name = parseName(typed)
  if (!name.ok) return name.failure.message
  const twin = taken.find((other) => other !== own && other.toLowerCase() === name.value.toLowerCase())
  return twin === undefined ? null : `There is a session “${twin}” already.`
}
