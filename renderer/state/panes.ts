/** How the panes of this window are laid out: what shows, what has the whole room, how many terminals. Remembered for each repository. */

import * as z from 'zod'
import { create } from 'zustand'
import { recall, remember } from './memory.ts'

export const PANES = ['terminal', 'review', 'queue'] as const
const pane = z.enum(PANES)
export type Pane = z.infer<typeof pane>

const remembered = z.object({
  /** Panes that are folded away. */
  hidden: z.array(pane).readonly(),
  /** The pane that has the whole room; null when they share it. */
  alone: pane.nullable(),
  /** `one` shows the selected session's terminal, `two` another one beside it, `grid` up to six to watch. */
  terminals: z.enum(['one', 'two', 'grid']),
  /** With `two`: the session, by id, that shows beside the selected one; null: the next of the cascade. */
  beside: z.string().nullable(),
})
type Remembered = z.infer<typeof remembered>

export type Panes = Remembered & {
  /** The window has no room for three: the queue gives way to the other two, and has the whole room when it is asked for. */
  readonly narrow: boolean
}

const USUAL: Remembered = { hidden: [], alone: null, terminals: 'one', beside: null }
export const ALL_PANES: Panes = { ...USUAL, narrow: false }

/** True for the queue while the window is too narrow for it beside the others. */
function givesWay({ hidden, narrow }: Panes, which: Pane): boolean {
  return narrow && which === 'queue' && !hidden.includes('terminal') && !hidden.includes('review')
}

/** True while the pane can be seen. */
export function isShown(panes: Panes, which: Pane): boolean {
  if (panes.alone !== null) return panes.alone === which
  return !panes.hidden.includes(which) && !givesWay(panes, which)
}

/** The layout in which the pane can be seen. */
export function shown(before: Panes, which: Pane): Panes {
  if (isShown(before, which)) return before
  const after: Panes = { ...before, hidden: before.hidden.filter((one) => one !== which), alone: null }
  return givesWay(after, which) ? { ...after, alone: which } : after
}

/** The layout after the pane was folded away or brought back. One pane always stays. */
export function toggled(before: Panes, which: Pane): Panes {
  if (!isShown(before, which)) return shown(before, which)
  const after: Panes = { ...before, alone: null, hidden: [...before.hidden, which] }
  if (PANES.every((one) => after.hidden.includes(one))) return { ...before, alone: null, hidden: [] }
  // It only had the room because it was asked for: leaving it is enough, a wider window shows it again.
  return before.alone === which && givesWay(before, which) ? { ...before, alone: null } : after
}

/** The layout after a pane was given the whole room, or gave it back. */
export function focused(before: Panes, which: Pane): Panes {
  return before.alone === which ? { ...before, alone: null } : { ...shown(before, which), alone: which }
}

let repository: string | null = null

export const usePanes = create<Panes>()(() => ALL_PANES)

/** Changes the layout, and remembers it for the next visit to this repository. */
export function arrange(next: (before: Panes) => Panes): void {
  const after = next(usePanes.getState())
  const { narrow: _, ...kept } = after
  if (repository !== null) remember(`layout.${repository}`, kept)
  usePanes.setState(after)
}

/** After another repository, or the first one, came on show: the layout it had last. */
export function recallPanes(id: string): void {
  repository = id
  usePanes.setState(recall(`layout.${id}`, remembered, USUAL))
}

/** Notes whether the window has room for three panes side by side. */
export function setNarrow(narrow: boolean): void {
  if (narrow !== usePanes.getState().narrow) usePanes.setState({ narrow })
}
