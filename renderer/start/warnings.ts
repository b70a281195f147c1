/** What is to be known before one more session starts. It warns and never stops anybody. Pure. */

import type { ScopeMatch } from '../../shared/model/found.ts'
import { isLive, type Session } from '../../shared/model/session.ts'

export type Warning = {
  readonly kind: 'overlap' | 'full' | 'many'
  readonly text: string
}

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

function overlapWarning(match: ScopeMatch, running: readonly Session[]): Warning | null {
  const owners = match.shared
    .filter(({ session, files }) => files > 0 && running.some(({ name }) => name === session))
    .toSorted((a, b) => b.files - a.files)
  const [first] = owners
  if (first === undefined) return null
  if (owners.length === 1) {
    const text = `“${first.session}” owns ${first.files.toLocaleString('en')} of these files too. Start it after that one has landed, or give it other paths.`
    return { kind: 'overlap', text }
  }
  const named = owners.slice(0, NAMED).map(({ session, files }) => `“${session}” (${filesOf(files)})`)
  const more = owners.length > NAMED ? [`${owners.length - NAMED} more`] : []
  const text = `${inARow([...named, ...more])} own some of these files too. Start it after they have landed, or give it other paths.`
  return { kind: 'overlap', text }
}

function roomWarning(running: number, maxSessions: number): Warning | null {
  const run = running === 1 ? '1 session runs' : `${running} sessions run`
  if (running >= maxSessions) {
    const text = `${run} already, and the limit is ${maxSessions}. Stop one first (its conversation is kept), or raise “Sessions at once”.`
    return { kind: 'full', text }
  }
  if (running < REVIEWABLE) return null
  const text = `${run} already. Five diffs an hour is about what one person can review: land or stop one first, or start anyway.`
  return { kind: 'many', text }
}

/** Takes what runs, the limit and what the scope holds (null without one); gives what is worth a word, the most pressing first. */
export function warningsOf(sessions: readonly Session[], maxSessions: number, match: ScopeMatch | null): readonly Warning[] {
  const running = sessions.filter(({ state }) => isLive(state))
  return [roomWarning(running.length, maxSessions), match === null ? null : overlapWarning(match, running)].filter(
    (warning) => warning !== null,
  )
}

/** How much a scope holds, in a line; what matches nothing is said. */
export function scopeWords({ matched, total, unmatched }: ScopeMatch): string {
  const count = `${matched.toLocaleString('en')} of ${filesOf(total)}`
  if (unmatched.length === 0) return count
  const named = unmatched.slice(0, NAMED).map((glob) => `“${glob}”`)
  const more = unmatched.length > NAMED ? [`${unmatched.length - NAMED} more`] : []
  return `${count}; ${inARow([...named, ...more])} ${unmatched.length === 1 ? 'matches' : 'match'} no file yet`
}
