/** What is typed for a fork, and what is wrong with it. Pure. */

import { parseName } from '../../shared/model/names.ts'

/** “login-fix” → “login-fix-2”; from one that has a number the next one that is free. */
export function forkName(name: string, taken: readonly string[]): string {
  const [, stem = name, digits] = /^(.*?)-(\d{1,4})$/u.exec(name) ?? []
  for (let number = digits === undefined ? 2 : Number(digits) + 1; ; number += 1) {
    const suggested = `${stem}-${number}`
    if (!taken.includes(suggested)) return suggested
  }
}

/** What is wrong with the name, in a sentence; null for nothing. */
export function nameProblemOf(typed: string, taken: readonly string[]): string | null {
  const parsed = parseName(typed.trim())
  if (!parsed.ok) return parsed.failure.message
  return taken.includes(parsed.value) ? `There is a session called “${parsed.value}” already; choose another name.` : null
}
