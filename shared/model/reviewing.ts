/** How a session that was asked to review another one is known: by the first sentence of its prompt. Pure. */

import type { Session } from './session.ts'

const START = 'Please review the work of another session, “'
const middle = (branch: string): string => `”. It is on the branch ${branch}, which left `

/** The first words of what such a session is asked. */
export function reviewOpening({ name, branch }: Pick<Session, 'name' | 'branch'>): string {
  return `${START}${name}${middle(branch)}`
}

/** The session that one was asked to review; null where it was asked something else, or that one is gone. By branch: a name may change. */
export function reviewedBy<One extends Pick<Session, 'branch'>>(
  { prompt, research }: Pick<Session, 'prompt' | 'research'>,
  sessions: readonly One[],
): One | null {
  if (!research || !prompt.startsWith(START)) return null
  return sessions.find(({ branch }) => branch !== '' && prompt.includes(middle(branch))) ?? null
}
