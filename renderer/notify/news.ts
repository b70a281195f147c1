/** What happened between two looks at the House that is worth a word to somebody who looks elsewhere. Pure. */

import type { Entry } from '../../shared/model/queue.ts'
import { waitsForUser, type Session } from '../../shared/model/session.ts'
import type { View } from '../state/projection.ts'

export type News =
  | { readonly kind: 'needs-you'; readonly session: Session }
  | { readonly kind: 'budget'; readonly session: Session; readonly budgetUsd: number }
  | { readonly kind: 'blocked'; readonly entry: Entry; readonly session: Session | null }
  | { readonly kind: 'landed'; readonly entry: Entry; readonly session: Session | null }

/** What is read of the two looks. */
export type Look = Pick<View, 'repository' | 'sessions' | 'queue' | 'config' | 'generation'>

const momentOf = ({ phase, since }: Entry): string => `${phase} ${since}`
const keyOf = (entry: Entry): string => `${momentOf(entry)} ${entry.session}`

/** True when the session began to want something of the user. One that is idle right after its start only waits for a first prompt. */
function began(before: Session | undefined, after: Session): boolean {
  if (!waitsForUser(after)) return false
  if (before === undefined) return after.state !== 'idle'
  if (before.state === 'starting' && after.state === 'idle') return false
  if (!waitsForUser(before) || before.state !== after.state) return true
  // Two questions so close together that the work between them was not told.
  return after.state !== 'idle' && before.waitingSince !== after.waitingSince
}

function ofSession(before: Session | undefined, after: Session, budgetUsd: number | null): readonly News[] {
  const passed = budgetUsd !== null && after.spentUsd >= budgetUsd && before !== undefined && before.spentUsd < budgetUsd
  return [
    ...(began(before, after) ? [{ kind: 'needs-you', session: after } as const] : []),
    ...(passed ? [{ kind: 'budget', session: after, budgetUsd } as const] : []),
  ]
}

/**
 * Takes what was known before and what is known now; gives the news, sessions first. Nothing is news at the first look at a
 * repository. After a gap (a fresh snapshot) only what still waits is: nobody needs to hear late what landed meanwhile.
 */
export function newsOf(before: Look | null, after: Look | null): readonly News[] {
  if (before === null || after === null) return []
  if (before.repository === null || before.repository.id !== after.repository?.id) return []
  if (before.sessions === after.sessions && before.queue === after.queue && before.config === after.config) return []
  const gap = before.generation !== after.generation
  const { budgetUsd } = after.config
  const sessions = after.sessions.flatMap((session) =>
    ofSession(
      before.sessions.find((one) => one.id === session.id),
      session,
      // A budget that was just set is no news of the session.
      session.budgetUsd ?? (before.config.budgetUsd === budgetUsd ? budgetUsd : null),
    ),
  )
  const [known, now] = [new Set(before.queue.map(keyOf)), new Set(after.queue.map(keyOf))]
  // Entries go by the names of their sessions, which the user may change.
  const renamed = new Set(before.queue.filter((entry) => !now.has(keyOf(entry))).map(momentOf))
  const entries = after.queue
    .filter((entry) => !known.has(keyOf(entry)) && !renamed.has(momentOf(entry)))
    .flatMap((entry): readonly News[] => {
      const session = after.sessions.find((one) => one.name === entry.session) ?? null
      if (entry.phase === 'blocked') return [{ kind: 'blocked', entry, session }]
      return entry.phase === 'landed' && !gap ? [{ kind: 'landed', entry, session }] : []
    })
  return [...sessions, ...entries]
}
