/** How the landing queue speaks. Pure. */

import type { Entry, Why } from '../../shared/model/queue.ts'
import type { Shape, Tone } from '../design/StateMark.tsx'
import { circled, shortOid } from '../state/format.ts'
import { onItsWay } from '../state/standing.ts'

export type EntryWords = { readonly shape: Shape; readonly tone: Tone; readonly words: string }

const WHYS: Readonly<Record<Why, string>> = {
  conflicts: 'Conflict',
  checks: 'Checks failed',
  dirty: 'Uncommitted changes',
  'out-of-scope': 'Out of its scope',
  'not-approved': 'Not approved',
  'target-dirty': 'Target has changes in the way',
  'target-moved': 'Target moved',
  empty: 'Nothing to land',
  setup: 'Setup failed',
  handoff: 'HANDOFF.md is committed',
}

/** Takes an entry and its place among those that move; gives its sign and words. */
export function entryWords(entry: Entry, place: number | null, target: string): EntryWords {
  switch (entry.phase) {
    case 'waiting':
      return {
        shape: 'ring',
        tone: 'calm',
        words: place !== null && place > 1 ? `Waits for ${circled(place - 1)}` : 'Next',
      }
    case 'rebasing':
      return { shape: 'half', tone: 'busy', words: `Rebasing onto ${target}` }
    case 'checking': {
      const check = entry.check
      return {
        shape: 'half',
        tone: 'busy',
        words: check === undefined ? 'Checking' : `Check ${check.index} of ${check.of}`,
      }
    }
    case 'landing':
      return { shape: 'half', tone: 'busy', words: `Landing on ${target}` }
    case 'landed':
      return {
        shape: 'check',
        tone: 'good',
        words: entry.targetAfter === undefined ? 'Landed' : `Landed as ${shortOid(entry.targetAfter)}`,
      }
    case 'blocked':
      return { shape: 'triangle', tone: 'bad', words: entry.why === undefined ? 'Blocked' : WHYS[entry.why] }
  }
}

export type Groups = {
  readonly moving: readonly Entry[]
  readonly blocked: readonly Entry[]
  /** Newest first. */
  readonly landed: readonly Entry[]
}

/** Sorts the queue into what moves, what needs the user, and what is done. */
export function grouped(queue: readonly Entry[]): Groups {
  return {
    moving: queue.filter((entry) => onItsWay(entry)),
    blocked: queue.filter((entry) => entry.phase === 'blocked'),
    landed: queue.filter((entry) => entry.phase === 'landed').sort((a, b) => b.since.localeCompare(a.since)),
  }
}

/** True when the entry has, or may have, check output to show. */
export function hasLog(entry: Entry): boolean {
  return entry.phase === 'checking' || (entry.phase === 'blocked' && (entry.why === 'checks' || entry.why === 'setup'))
}

/** The sentence of an entry for its card; output that follows it is in the log. */
export function messageOf(entry: Entry): string | null {
  const [first] = (entry.message ?? '').split('\n', 1)
  if (first === undefined || first === '') return null
  return hasLog(entry) ? first.replace(/ Its last output:$/u, '') : (entry.message ?? null)
}
