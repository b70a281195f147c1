/** What `sluice` says to a person: plain lines, one thing a line. Pure. */

import type { Snapshot } from '../../shared/contract.ts'
import type { Diff } from '../../shared/model/diff.ts'
import type { Event } from '../../shared/model/event.ts'
import type { Overlap } from '../../shared/model/overlap.ts'
import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'

// A name or a message of a repository must not steer the terminal it is printed on.
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu

/** Takes any text; gives it without characters that a terminal would obey. */
export function inert(text: string): string {
  return text.replaceAll(CONTROL, '�')
}

function dollars(usd: number): string {
  return `$${usd.toFixed(2)}`
}

export function sessionText(session: Session): string {
  const parts = [
    session.name,
    session.state + (session.waitingFor === undefined ? '' : ` (${session.waitingFor})`),
    `+${session.insertions} −${session.deletions}`,
    `${session.ahead} ahead, ${session.behind} behind`,
    ...(session.dirty ? ['uncommitted changes'] : []),
    ...(session.approved ? ['approved'] : []),
    dollars(session.spentUsd),
    ...(session.problem === undefined ? [] : [session.problem]),
  ]
  return inert(parts.join('  '))
}

export function sessionsText(sessions: readonly Session[]): string {
  return sessions.length === 0
    ? 'No sessions yet.'
    : sessions.map((session, index) => `${index + 1}  ${sessionText(session)}`).join('\n')
}

export function entryText(entry: Entry): string {
  const landed = entry.targetAfter === undefined ? [] : [entry.targetAfter.slice(0, 10)]
  const why = entry.why === undefined ? [] : [entry.why]
  const lines = [[entry.session, entry.phase, ...why, ...landed].join('  ')]
  if (entry.message !== undefined) lines.push(`   ${entry.message}`)
  for (const file of entry.files ?? []) lines.push(`   ${file}`)
  return inert(lines.join('\n'))
}

export function queueText(entries: readonly Entry[]): string {
  return entries.length === 0 ? 'The queue is empty.' : entries.map(entryText).join('\n')
}

export function statusText({ repository, sessions, queue }: Snapshot, spentUsd: number): string {
  const place =
    repository === null
      ? 'No repository is open.'
      : inert(`${repository.path}  →  ${repository.target?.branch ?? repository.problem ?? 'no target'}`)
  return [place, sessionsText(sessions), queueText(queue), `spent ${dollars(spentUsd)}`].join('\n')
}

export function diffText({ files }: Diff): string {
  return files.map((file) => inert(`${file.status}  +${file.insertions} −${file.deletions}  ${file.path}`)).join('\n')
}

function fileLines({
  files,
  more,
}: {
  readonly files: readonly string[]
  readonly more?: number | undefined
}): readonly string[] {
  return [...files.map((file) => `   ${file}`), ...(more === undefined ? [] : [`   and ${more} more`])]
}

export function overlapText({ pairs, outOfScope }: Overlap): string {
  const lines = [
    ...pairs.flatMap(({ a, b, kind, ...list }) => [
      kind === 'clash'
        ? `${a} and ${b === 'target' ? 'the target' : b} clash in:`
        : `${a} and ${b} both changed, and git can merge:`,
      ...fileLines(list),
    ]),
    ...outOfScope.flatMap(({ session, ...list }) => [`${session} changed outside its scope:`, ...fileLines(list)]),
  ]
  return lines.length === 0 ? 'No overlap.' : inert(lines.join('\n'))
}

export function eventText(event: Event): string {
  const session = typeof event['session'] === 'string' ? `  ${event['session']}` : ''
  return inert(`${event.seq}  ${event.at}  ${event.kind}${session}`)
}
