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
export function describe({ word, waited, place, insertions, deletions, spentUsd, budgetUsd, overlaps }: Facts): string {
  return [
    waited === null ? `${word}.` : `${word}, waits for you for ${waitWords(waited)}.`,
    place === null ? null : `Place ${place} in the queue.`,
    `${sizeWords(insertions, deletions)}.`,
    `${costWords(spentUsd, budgetUsd)}.`,
    overlaps,
  ]
    .filter((sentence) => sentence !== null)
    .join(' ')
}
