/** What is to be known before one more session starts. It warns and never stops anybody. Pure. */

import type { ScopeMatch } from '../../shared/model/found.ts'
import { isLive, takesRoom, type Session } from '../../shared/model/session.ts'
import { hasRoom } from './room.ts'

/** `full`: at the limit. `many`: more than one person reviews. */
export type Room = { readonly kind: 'full' | 'many'; readonly text: string }

/** One person reviews about as many diffs in an hour. */
const REVIEWABLE = 5

/** What one sentence can name; more names nobody reads. */
const NAMED = 3

const filesOf = (count: number): string => `${count.toLocaleString('en')} ${count === 1 ? 'file' : 'files'}`

/** Names in a row: “a”, “b” and “c”. */
function inARow(parts: readonly string[]): string {
  const last = parts.at(-1) ?? ''
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`
}

const runningOf = (sessions: readonly Session[]): readonly Session[] => sessions.filter(({ state }) => isLive(state))

/** Takes the sessions and what the scope holds (null without one); says which of those that run own some of it too. Null for none. */
export function overlapWarning(sessions: readonly Session[], match: ScopeMatch | null): string | null {
  const running = runningOf(sessions)
  const owners = (match?.shared ?? [])
    .filter(({ session, files }) => files > 0 && running.some(({ name }) => name === session))
    .toSorted((a, b) => b.files - a.files)
  const [first] = owners
  if (first === undefined) return null
  if (owners.length === 1)
    return `“${first.session}” owns ${first.files.toLocaleString('en')} of these files too. Start it after that one has landed, or give it other paths.`
  const named = owners.slice(0, NAMED).map(({ session, files }) => `“${session}” (${filesOf(files)})`)
  const more = owners.length > NAMED ? [`${owners.length - NAMED} more`] : []
  return `${inARow([...named, ...more])} own some of these files too. Start it after they have landed, or give it other paths.`
}

/** Takes the sessions and the limit; says when one more is more than the limit, or than one person reviews. Null while there is room. */
export function roomWarning(sessions: readonly Session[], maxSessions: number): Room | null {
  const running = sessions.filter(takesRoom).length
  const run = running === 1 ? '1 session runs' : `${running} sessions run`
  if (!hasRoom(sessions, maxSessions)) {
    const text = `${run}, and the limit is ${maxSessions}. This one waits its turn and starts by itself when there is room.`
    return { kind: 'full', text }
  }
  if (running < REVIEWABLE) return null
  const text = `${run}. One person reviews about five diffs an hour: land or stop one first, or start anyway.`
  return { kind: 'many', text }
}

/** How much a scope holds, in a line; what matches nothing is said. */
export function scopeWords({ matched, total, unmatched }: ScopeMatch): string {
  const count = `${matched.toLocaleString('en')} of ${filesOf(total)}`
  if (unmatched.length === 0) return count
  const named = unmatched.slice(0, NAMED).map((glob) => `“${glob}”`)
  const more = unmatched.length > NAMED ? [`${unmatched.length - NAMED} more`] : []
  return `${count}; ${inARow([...named, ...more])} ${unmatched.length === 1 ? 'matches' : 'match'} no file yet`
}
