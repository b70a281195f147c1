/** How the readiness of a session's work is said: in a few words, and line by line with what can be done about it. Pure. */

import type { ReadinessLine } from '../../shared/model/review.ts'
import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import type { Shape, Tone } from '../design/StateMark.tsx'
import { onItsWay } from '../state/standing.ts'

type Kind = ReadinessLine['kind']
type Level = ReadinessLine['level']

/** Levels differ by shape and word before colour. */
export const LEVELS: Readonly<Record<Level, { readonly shape: Shape; readonly tone: Tone; readonly word: string }>> = {
  blocks: { shape: 'triangle', tone: 'bad', word: 'Blocks' },
  warns: { shape: 'ring', tone: 'calm', word: 'To know' },
  good: { shape: 'check', tone: 'good', word: 'Good' },
}

/** What blocks, where it is one thing. */
const ALONE: Readonly<Record<Kind, string>> = {
  problem: 'Its worktree needs you',
  empty: 'Nothing to land yet',
  dirty: 'Uncommitted changes',
  handoff: 'HANDOFF.md is in the branch',
  conflict: 'A conflict is to be expected',
  'not-approved': 'Not approved yet',
  behind: 'It is behind',
  'out-of-scope': 'Files out of its scope',
  comments: 'Comments are open',
  unviewed: 'Files are not viewed yet',
  checks: 'The checks',
}

export type Headline = { readonly words: string; readonly level: Level | null; readonly more: string | null }

/** The whole list in a few words; `more`: what else there is to know. Null: it is not known yet. */
export function headlineOf(readiness: readonly ReadinessLine[] | null, entry: Entry | null): Headline {
  if (readiness === null) return { words: 'Readiness', level: null, more: null }
  if (onItsWay(entry)) return { words: 'On its way', level: 'good', more: null }
  const blocks = readiness.filter(({ level }) => level === 'blocks')
  const warns = readiness.filter(({ level }) => level === 'warns').length
  const [only] = blocks
  if (only === undefined) return { words: 'Ready to land', level: 'good', more: warns === 0 ? null : `${warns} to know` }
  return {
    words: blocks.length === 1 ? ALONE[only.kind] : `${blocks.length} things before it can land`,
    level: 'blocks',
    more: null,
  }
}

/** What can be done about a line. */
export type Deed =
  | {
      readonly kind: 'command'
      readonly id:
        | 'review.commit'
        | 'session.ask-commit'
        | 'session.repair'
        | 'review.approve'
        | 'review.answer'
        | 'review.unviewed'
        | 'pane.queue'
        | 'review.ask-rebase'
        | 'queue.drop-handoff'
      readonly word: string
    }
  | { readonly kind: 'file'; readonly path: string; readonly word: string }

const command = (id: Extract<Deed, { kind: 'command' }>['id'], word: string): Deed => ({ kind: 'command', id, word })

/** The likeliest first; none for what is good, and where nothing can be done from here. */
export function deedsOf(
  { kind, level, files }: ReadinessLine,
  entry: Entry | null,
  { repair }: Pick<Session, 'repair'>,
): readonly Deed[] {
  if (level === 'good') return kind === 'checks' && entry !== null ? [command('pane.queue', 'See the output')] : []
  const [first] = files
  switch (kind) {
    case 'problem':
      return repair === undefined ? [] : [command('session.repair', 'Repair')]
    case 'dirty':
      return [command('session.ask-commit', 'Ask the session to commit'), command('review.commit', 'Commit…')]
    case 'handoff':
      return [command('queue.drop-handoff', 'Drop HANDOFF.md')]
    case 'conflict':
      return [command('review.ask-rebase', 'Ask the session to resolve')]
    case 'not-approved':
      return [command('review.approve', 'Approve')]
    case 'out-of-scope':
      return first === undefined ? [] : [{ kind: 'file', path: first, word: 'Show' }]
    case 'comments':
      return [command('review.answer', 'Comments…')]
    case 'unviewed':
      return [command('review.unviewed', 'Show')]
    case 'checks':
      return entry === null ? [] : [command('pane.queue', 'See the output')]
    case 'empty':
    // It is rebased when it lands; where it cannot be, the conflict says so.
    case 'behind':
      return []
  }
}
