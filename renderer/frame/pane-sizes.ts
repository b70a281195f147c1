/** How wide the panes are: one share for each, of which those that show make up the room. Pure. */

import type { Session } from '../../shared/model/session.ts'
import { PANES, type Pane, type Panes } from '../state/panes.ts'
import { cascadeOf } from '../state/standing.ts'

/** A share for each pane; only their proportions count. */
export type Shares = Readonly<Record<Pane, number>>

/** What the panes are for: one terminal beside its review, several beside one, or several while there is nothing to review. */
export type Occasion = 'one' | 'several' | 'watching'

export const USUAL_SHARES: Readonly<Record<Occasion, Shares>> = {
  one: { terminal: 39, review: 43, queue: 18 },
  several: { terminal: 50, review: 34, queue: 16 },
  watching: { terminal: 64, review: 22, queue: 14 },
}

/** Of all sessions rather than of the selected one: going from one to the next moves nothing. */
export function occasionOf(sessions: readonly Session[], terminals: Panes['terminals']): Occasion {
  const there = cascadeOf(sessions)
  if (terminals === 'one' || there.length < 2) return 'one'
  return there.every(({ files, dirty }) => files === 0 && !dirty) ? 'watching' : 'several'
}

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
