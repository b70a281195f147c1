/** What happened, as a person reads it: one sentence for each kind of event, without the name of its session. Pure; a kind it does not know shows as well. */

import type { Event } from './event.ts'
import { sessionState, type SessionState } from './session.ts'

/** Gives the name of a session by its id; null when it is not known. */
export type NameOf = (id: string) => string | null

const STATES: Readonly<Record<SessionState, string>> = {
  starting: 'Starting',
  working: 'Working',
  'needs-permission': 'Needs permission',
  asks: 'Asks a question',
  idle: 'Idle',
  background: 'Works on in the background',
  limited: 'Reached a limit of the API',
  paused: 'Paused',
  exited: 'Ended',
  crashed: 'Crashed',
  archived: 'Archived',
  unknown: 'Not known how it is',
}

const text = (event: Event, key: string): string | null => (typeof event[key] === 'string' ? event[key] : null)
const number = (event: Event, key: string): number | null => (typeof event[key] === 'number' ? event[key] : null)
const short = (event: Event, key: string): string => text(event, key)?.slice(0, 7) ?? 'a commit'
/** “Not archived: the reason.”; without one the words alone. */
const because = (words: string, event: Event, key = 'message'): string => {
  const reason = text(event, key)
  return reason === null ? words : `${words}: ${reason}`
}
const quoted = (name: string | null): string => (name === null ? 'another session' : `“${name}”`)

function started(event: Event, nameOf: NameOf): string {
  const parent = text(event, 'forkedFrom')
  const how = event['research'] === true ? ' as research' : ''
  if (parent !== null) return `Forked from ${quoted(nameOf(parent))}${how}`
  if (event['imported'] === true) return `Imported from ${text(event, 'worktree') ?? 'its worktree'}`
  const branch = text(event, 'branch')
  return how === '' && branch !== null ? `Started on the branch ${branch}` : `Started${how}`
}

function state(event: Event): string {
  const parsed = sessionState.safeParse(event['state'])
  return parsed.success ? because(STATES[parsed.data], event, 'waitingFor') : 'Changed its state'
}

function answered(event: Event): string {
  const tool = text(event, 'tool') ?? 'a tool'
  const where = event['by'] === 'terminal' ? ' in the terminal' : ''
  if (typeof event['allow'] !== 'boolean') return `Answered the permission for ${tool}${where}`
  return `${event['allow'] ? 'Approved' : 'Denied'} ${tool}${where}`
}

function exited(event: Event): string {
  if (event['asked'] === true) return 'Claude Code was stopped'
  const [code, signal] = [number(event, 'code'), text(event, 'signal')]
  if (code === 0) return 'Claude Code ended'
  return `Claude Code crashed (${signal ?? (code === null ? 'nobody knows how' : `exit code ${code}`)})`
}

function archived(event: Event): string {
  const snapshot = text(event, 'snapshot') === null ? '' : '; what was not committed is in a snapshot'
  return `Archived${snapshot}${event['branchDeleted'] === true ? '; its branch was deleted, as the target has all of it' : ''}`
}

function metered(event: Event): string {
  const [spent, context] = [number(event, 'spentUsd'), number(event, 'contextPercent')]
  const full = context === null ? '' : `, context ${Math.round(context)} % full`
  return spent === null ? 'Cost was read' : `Spent $${spent.toFixed(2)} so far${full}`
}

function reviewSent(event: Event): string {
  const comments = number(event, 'comments') ?? 0
  if (comments === 0) return 'Your review was sent'
  return `Your review was sent, with ${comments} ${comments === 1 ? 'comment' : 'comments'}`
}

function found(comments: number): string {
  if (comments === 0) return 'no finding'
  return `${comments} ${comments === 1 ? 'finding' : 'findings'}`
}

const SENTENCES: Readonly<Record<string, string | ((event: Event, nameOf: NameOf) => string)>> = {
  'session-started': started,
  'session-prepared': 'Its worktree is ready',
  'session-setup-failed': (event) => because('Setup failed', event),
  'session-lined-up': 'Waits for room to run',
  'session-left-line': (event) => because('Waits for room no more', event),
  'session-state': state,
  'session-paused': ({ note }) =>
    note === true ? 'Paused, with a handoff note of its own' : 'Paused, with a handoff of facts only',
  'permission-asked': (event) => `Asked for permission to use ${text(event, 'tool') ?? 'a tool'}`,
  'permission-answered': answered,
  'prompt-kept': ({ waits }) => (waits === true ? 'A prompt waits to be typed' : 'A prompt was not confirmed, and is kept'),
  'prompt-sent': 'The kept prompt was sent',
  'prompt-forgotten': 'The kept prompt was forgotten',
  'session-cut-off': (event) => text(event, 'what') ?? 'What was cut off is over',
  'archive-asked': 'Archiving began',
  'archive-refused': (event) => because('Not archived', event),
  'session-archived': archived,
  'worktree-removed': 'Its worktree was removed',
  'restore-asked': 'Restoring began',
  'restore-failed': (event) => because('Not restored', event),
  'session-restored': 'Restored',
  'session-relocated': (event) => because('Goes on in another folder', event, 'worktree'),
  'worktree-remade': 'Its worktree was made again from its branch',
  'session-launched': ({ resumed }) => (resumed === true ? 'Claude Code resumed its conversation' : 'Claude Code started'),
  'session-conversation-changed': 'A new conversation began',
  'session-exited': exited,
  'session-withdrawn': (event) => because('Did not start', event),
  'session-approved': (event) => `Approved at ${short(event, 'head')}`,
  'session-unapproved': 'The approval was withdrawn',
  'session-moved': 'Moved to another place in the cascade',
  'session-renamed': (event) => `Renamed to ${quoted(text(event, 'name'))}`,
  'session-metered': metered,
  'review-sent': reviewSent,
  'review-handed': (event, nameOf) => `Handed to ${quoted(nameOf(text(event, 'to') ?? ''))} for review`,
  'review-found': (event, nameOf) =>
    event['vague'] === true
      ? `${quoted(nameOf(text(event, 'by') ?? ''))} found nothing it could point at; read its answer in its terminal`
      : `Reviewed by ${quoted(nameOf(text(event, 'by') ?? ''))}: ${found(number(event, 'comments') ?? 0)}`,
  'work-committed': (event) =>
    `You ${event['amended'] === true ? 'amended its last commit' : 'committed its work'}, now ${short(event, 'head')}`,
  'work-discarded': (event) =>
    `You discarded ${event['part'] === true ? 'a change of' : 'the changes of'} ${text(event, 'path') ?? 'a file'}; ${short(event, 'snapshot')} keeps what was there`,
  'pull-opened': (event) =>
    `Pushed to ${text(event, 'remote') ?? 'a remote'} as a pull request: ${text(event, 'url') ?? 'its address is not known'}`,
  'entry-added': (event) => `Entered the queue with ${short(event, 'head')}`,
  'entry-removed': 'Removed from the queue',
  'entry-retried': (event) => `Landing was tried again with ${short(event, 'head')}`,
  'rebase-started': (event) => `Rebasing onto ${text(event, 'branch') ?? 'the target'} at ${short(event, 'target')}`,
  rebased: (event) => `Rebased as ${short(event, 'rebased')}`,
  'checks-passed': (event) => `Checks passed on ${short(event, 'rebased')}`,
  landed: (event) => `Landed as ${short(event, 'after')}`,
  'entry-blocked': (event) => because('Blocked', event),
  'entry-restarted': (event) => because('Landing starts over', event),
  'repository-opened': 'The repository was opened',
  'repository-trusted': 'The repository was trusted',
  'config-set': (event) => `The repository’s setting “${text(event, 'key') ?? 'unknown'}” was changed`,
  'settings-set': (event) => `Your setting “${text(event, 'key') ?? 'unknown'}” was changed`,
}

/** The kinds that have a sentence of their own. */
export const KNOWN_KINDS = Object.keys(SENTENCES)

/** What happened, in a sentence. A kind that is not known is named by its own words. */
export function eventWords(event: Event, nameOf: NameOf): string {
  const sentence = Object.hasOwn(SENTENCES, event.kind) ? SENTENCES[event.kind] : undefined
  if (sentence !== undefined) return typeof sentence === 'string' ? sentence : sentence(event, nameOf)
  const words = event.kind.replaceAll('-', ' ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}
