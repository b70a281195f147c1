/** What `sluice` says to a person: plain lines, one thing a line. Pure. */

import type { Snapshot } from '../../shared/contract.ts'
import type { FoundWorktree } from '../../shared/model/base.ts'
import type { Diff } from '../../shared/model/diff.ts'
import type { Event } from '../../shared/model/event.ts'
import { eventWords, type NameOf } from '../../shared/model/event-words.ts'
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

/** One line: what is shown of a session must not break it. */
export function line(text: string): string {
  return inert(text.replaceAll(/\s+/gu, ' ').trim())
}

function spentText({ spentUsd, budgetUsd }: Session): string {
  return budgetUsd === undefined ? dollars(spentUsd) : `${dollars(spentUsd)} of ${dollars(budgetUsd)}`
}

const DEAF = 'Hooks are turned off in the settings of Claude Code, so Sluice is told neither its permissions nor its cost.'

/** Why there is no permission to be answered. */
export function noPermissionText({ name, state, waitingFor, hooksOff }: Session): string {
  if (state !== 'needs-permission') return `“${name}” asks for no permission now. A question is answered in its terminal.`
  if (waitingFor !== undefined && waitingFor !== 'permission prompt')
    return `“${name}” asks for this in its terminal, and only there it can be answered: ${waitingFor}`
  const why = hooksOff === true ? ` ${DEAF}` : ''
  return `“${name}” asks for a permission, and Sluice cannot see what for. Answer it in its terminal.${why}`
}

function stateText({ state, waitingFor, permission, place }: Session): string {
  if (place !== undefined) return `${state} (place ${place} in the line: waits for room to run)`
  if (permission !== undefined) return `${state} (${permission.tool}: ${permission.input})`
  return waitingFor === undefined ? state : `${state} (${waitingFor})`
}

const REPAIRS = { recreate: 'makes it again', adopt: 'goes on there' } as const

export function sessionText(session: Session): string {
  const { insertions, deletions, ahead, behind, problem, repair, setupFailure, cutOff, unfilled } = session
  const way = repair === undefined ? undefined : `“sluice session repair ${session.name}” ${REPAIRS[repair]}.`
  const work = [
    `+${insertions} −${deletions}`,
    `${ahead} ahead, ${behind} behind`,
    ...(session.dirty ? ['uncommitted changes'] : []),
    ...(session.approved ? ['approved'] : []),
  ]
  const parts = [
    session.name,
    stateText(session),
    ...(session.research ? ['research'] : work),
    spentText(session),
    ...[problem, way, setupFailure, unfilled, cutOff, session.hooksOff && DEAF].filter((sentence) => sentence !== undefined),
  ]
  return parts.map(line).join('  ')
}

const ROOM =
  'Stopping a session that is idle or landed makes room (its conversation is kept), and so does a larger “sluice config set maxSessions N”.'

/** The session that a verb answers with, and what can be done where it waits for room. */
export function answerText(session: Session): string {
  return session.place === undefined ? sessionText(session) : `${sessionText(session)}\n${ROOM}`
}

/** Worktrees that no session has. */
export function worktreesText(found: readonly FoundWorktree[]): string {
  if (found.length === 0) return 'There is no worktree that could be imported: sessions have all that git knows of.'
  return found
    .map(({ path, branch, problem }) =>
      [path, branch ?? 'no branch', ...(problem === undefined ? [] : [problem])].map(line).join('  '),
    )
    .join('\n')
}

/** The cascade, then what is archived. */
export function shownOrder(sessions: readonly Session[]): readonly Session[] {
  const archived = (session: Session): boolean => session.state === 'archived'
  return [...sessions.filter((session) => !archived(session)), ...sessions.filter(archived)]
}

/** Numbers are places in the cascade, which an archived session has none of. */
export function sessionsText(sessions: readonly Session[]): string {
  if (sessions.length === 0) return 'No sessions yet.'
  const lines = shownOrder(sessions).map(
    (session, index) => `${session.state === 'archived' ? '–' : index + 1}  ${sessionText(session)}`,
  )
  return [...lines, ...(sessions.some(({ place }) => place !== undefined) ? [ROOM] : [])].join('\n')
}

/** The last lines of a terminal: lines stay, everything that a terminal would obey goes. */
export function outputText(text: string): string {
  return text.trim() === '' ? 'Nothing of its terminal was kept.' : inert(text.replaceAll('\r\n', '\n')).trimEnd()
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

/** Takes an event and how sessions are called; gives “12  2026-11-21T12:00:00.000Z  login-fix  Idle”. */
export function eventText(event: Event, nameOf: NameOf): string {
  const session = typeof event['session'] === 'string' ? [nameOf(event['session']) ?? event['session']] : []
  return [String(event.seq), event.at, ...session, eventWords(event, nameOf)].map(line).join('  ')
}
