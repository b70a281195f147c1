/** A tab in words: what a screen reader says after its name. Pure. */

import { money, waitWords } from '../state/format.ts'

export type Facts = {
  /** Its state, such as “Asks”. */
  readonly word: string
  /** For how long it has waited for the user, in milliseconds; null when that is not worth saying. */
  readonly waited: number | null
  /** Its place in the queue, from 1; null for none. */
  readonly place: number | null
  readonly insertions: number
  readonly deletions: number
  readonly spentUsd: number
  readonly budgetUsd: number | null
  /** Whole sentences about its overlaps; null for none. */
  readonly overlaps: string | null
  /** What it asks for, in one line; null for nothing. */
  readonly asks: string | null
  /** For how long nothing was heard of it, in milliseconds; null when that is not worth saying. */
  readonly silent: number | null
  readonly research: boolean
}

/** True for a session that costs more than it may. */
export function isOverBudget(spentUsd: number, budgetUsd: number | null): budgetUsd is number {
  return budgetUsd !== null && spentUsd > budgetUsd
}

/** The cost in words. */
export function costWords(spentUsd: number, budgetUsd: number | null): string {
  return isOverBudget(spentUsd, budgetUsd)
    ? `${money(spentUsd)}, over its budget of ${money(budgetUsd)}`
    : `${money(spentUsd)} spent`
}

/** The size of its change in words. */
export function sizeWords(insertions: number, deletions: number): string {
  const lines = insertions === 1 ? 'line' : 'lines'
  return `${insertions.toLocaleString('en')} ${lines} added, ${deletions.toLocaleString('en')} removed`
}

/** Everything that the tab shows, as sentences; the state comes first. */
export function describe({ word, waited, asks, silent, research, place, overlaps, ...rest }: Facts): string {
  const { insertions, deletions, spentUsd, budgetUsd } = rest
  return [
    waited === null ? `${word}.` : `${word}, waits for you for ${waitWords(waited)}.`,
    asks === null ? null : /[.?!]$/u.test(asks) ? asks : `${asks}.`,
    silent === null ? null : `Nothing was heard of it for ${waitWords(silent)}.`,
    research ? 'Research: it changes nothing.' : null,
    place === null ? null : `Place ${place} in the queue.`,
    `${sizeWords(insertions, deletions)}.`,
    `${costWords(spentUsd, budgetUsd)}.`,
    overlaps,
  ]
    .filter((sentence) => sentence !== null)
    .join(' ')
}
