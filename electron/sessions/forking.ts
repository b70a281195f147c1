/** A session that begins with the conversation of another one: what it is called, and how any conversation begins. Pure. */

import { MAX_NAME_BYTES } from '../../shared/model/names.ts'
import type { SessionRecord } from './facts.ts'
import type { Launch } from './launch.ts'

/** Takes the name of the first, and all names that are taken, in lower case; gives “login-fix-2” for “login-fix”. */
export function forkName(name: string, taken: readonly string[]): string {
  const stem = name.replace(/-\d+$/u, '') || name
  for (let number = 2; ; number += 1) {
    const ending = `-${number}`
    let start = stem
    while (new TextEncoder().encode(start).length + ending.length > MAX_NAME_BYTES)
      start = Array.from(start).slice(0, -1).join('')
    const candidate = `${start.replace(/[.-]+$/u, '')}${ending}`
    if (!taken.includes(candidate.toLowerCase())) return candidate
  }
}

/** Gives the conversation of a session that has none yet, under a new id: a copy of another one, or one from nothing. */
export function firstConversation(
  { forkOf, prompt }: Pick<SessionRecord, 'forkOf' | 'prompt'>,
  id: string,
  instead: string | undefined,
): Launch['conversation'] {
  const told = instead ?? prompt
  const first = told === '' ? null : told
  return forkOf === undefined ? { kind: 'new', id, prompt: first } : { kind: 'fork', of: forkOf, id, prompt: first }
}
