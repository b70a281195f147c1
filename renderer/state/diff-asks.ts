/** What the user asks of the diff on show, from wherever. The view that shows it listens. */

export const DIFF_ASKS = ['find', 'next-change', 'previous-change', 'comment', 'comment-file', 'fold-all', 'unfold-all'] as const
export type DiffAsk = (typeof DIFF_ASKS)[number]

const listeners = new Set<(ask: DiffAsk) => void>()

export function askDiff(ask: DiffAsk): void {
  for (const told of listeners) told(ask)
}

/** Gives what ends it. */
export function onDiffAsk(told: (ask: DiffAsk) => void): () => void {
  listeners.add(told)
  return () => listeners.delete(told)
}
