/** How wide the panes are: one share for each, of which those that show make up the room. Pure. */

import { PANES, type Pane } from '../state/panes.ts'

/** A share for each pane; only their proportions count. */
export type Shares = Readonly<Record<Pane, number>>

export const USUAL_SHARES: Shares = { terminal: 39, review: 43, queue: 18 }

/** Percentages of the room for the panes that show. */
export function percentagesOf(shares: Shares, shown: readonly Pane[]): Record<string, number> {
  const whole = shown.reduce((sum, pane) => sum + shares[pane], 0)
  return Object.fromEntries(shown.map((pane) => [pane, (100 * shares[pane]) / whole]))
}

/** The shares after those that show were resized: they divide anew what they had together, the others keep theirs. */
export function sharesAfter(before: Shares, percentages: Readonly<Record<string, number>>): Shares {
  const shown = PANES.filter((pane) => percentages[pane] !== undefined)
  const whole = shown.reduce((sum, pane) => sum + before[pane], 0)
  return { ...before, ...Object.fromEntries(shown.map((pane) => [pane, ((percentages[pane] ?? 0) * whole) / 100])) }
}
