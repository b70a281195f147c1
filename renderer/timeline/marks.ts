/** Which events a timeline shows, in which groups, with which signs. Pure; their words are in `shared/model/event-words.ts`. */

import type { Event } from '../../shared/model/event.ts'
import type { Shape, Tone } from '../design/StateMark.tsx'

/** The kinds of each group that can be asked for. */
export const GROUPS = {
  session: [
    'session-started',
    'session-prepared',
    'session-setup-failed',
    'session-lined-up',
    'session-left-line',
    'session-state',
    'session-paused',
    'session-cut-off',
    'archive-asked',
    'archive-refused',
    'session-archived',
    'worktree-removed',
    'restore-asked',
    'restore-failed',
    'session-restored',
    'session-relocated',
    'worktree-remade',
    'session-launched',
    'session-conversation-changed',
    'session-exited',
    'session-withdrawn',
    'session-moved',
    'session-renamed',
  ],
  permission: ['permission-asked', 'permission-answered', 'prompt-kept', 'prompt-sent', 'prompt-forgotten'],
  review: ['review-sent', 'review-handed', 'review-found', 'work-committed', 'work-discarded', 'pull-opened'],
  landing: [
    'session-approved',
    'session-unapproved',
    'entry-added',
    'entry-removed',
    'entry-retried',
    'rebase-started',
    'rebased',
    'checks-passed',
    'landed',
    'entry-blocked',
    'entry-restarted',
  ],
  repository: ['repository-opened', 'repository-trusted', 'config-set', 'settings-set'],
  cost: ['session-metered'],
} as const satisfies Readonly<Record<string, readonly string[]>>
export type Group = keyof typeof GROUPS | 'all'

export const GROUP_CHOICES: readonly { readonly value: Group; readonly label: string }[] = [
  { value: 'all', label: 'Everything but costs' },
  { value: 'session', label: 'Lives of sessions' },
  { value: 'permission', label: 'Permissions and prompts' },
  { value: 'review', label: 'Review' },
  { value: 'landing', label: 'Approval and landing' },
  { value: 'repository', label: 'Repository and settings' },
  { value: 'cost', label: 'Costs' },
]

/** The kinds to ask for; null for all. */
export function kindsOf(group: Group): readonly string[] | null {
  return group === 'all' ? null : GROUPS[group]
}

/** States that another event says already, and better. */
const TOLD_ELSEWHERE: ReadonlySet<unknown> = new Set(['starting', 'exited', 'crashed', 'paused', 'archived'])

/** True for an event that is worth a line in this group. What a session costs comes too often to stand among all the rest. */
export function isShown(event: Event, group: Group): boolean {
  if (event.kind === 'session-metered') return group === 'cost'
  return event.kind !== 'session-state' || !TOLD_ELSEWHERE.has(event['state'])
}

export type Mark = { readonly shape: Shape; readonly tone: Tone }

const PLAIN: Mark = { shape: 'ring', tone: 'calm' }
const BAD: Mark = { shape: 'triangle', tone: 'bad' }
const GOOD: Mark = { shape: 'check', tone: 'good' }
const ENDED: Mark = { shape: 'square', tone: 'calm' }
const BEGUN: Mark = { shape: 'dashes', tone: 'busy' }
const MOVES: Mark = { shape: 'dots', tone: 'busy' }
/** Not in the accent: what is past needs nobody. */
const ASKED: Mark = { shape: 'disc', tone: 'calm' }
const HELD: Mark = { shape: 'bars', tone: 'calm' }

const STATES: Readonly<Record<string, Mark>> = {
  working: { shape: 'half', tone: 'busy' },
  'needs-permission': ASKED,
  asks: ASKED,
  background: MOVES,
  limited: HELD,
  unknown: { shape: 'question', tone: 'calm' },
}

const KINDS: Readonly<Record<string, Mark>> = {
  'session-started': BEGUN,
  'session-launched': BEGUN,
  'session-lined-up': HELD,
  'session-paused': HELD,
  'session-setup-failed': BAD,
  'session-withdrawn': BAD,
  'session-cut-off': BAD,
  'archive-refused': BAD,
  'restore-failed': BAD,
  'entry-blocked': BAD,
  'session-archived': ENDED,
  'worktree-removed': ENDED,
  'permission-asked': ASKED,
  'prompt-kept': ASKED,
  'session-approved': GOOD,
  'checks-passed': GOOD,
  landed: GOOD,
  'entry-added': MOVES,
  'rebase-started': MOVES,
  rebased: MOVES,
}

/** The sign of an event. */
export function markOf(event: Event): Mark {
  if (event.kind === 'session-state') return STATES[String(event['state'])] ?? PLAIN
  if (event.kind === 'session-exited') return event['asked'] === true || event['code'] === 0 ? ENDED : BAD
  if (event.kind === 'session-cut-off' && event['what'] === null) return PLAIN
  return KINDS[event.kind] ?? PLAIN
}
