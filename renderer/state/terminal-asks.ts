/** What the user asks of the terminal of the session on show, from wherever. The terminal that shows it listens. */

export const TERMINAL_ASKS = ['find', 'copy', 'paste', 'select-all', 'clear', 'bottom'] as const
export type TerminalAsk = (typeof TERMINAL_ASKS)[number]

const listeners = new Set<(ask: TerminalAsk) => void>()

export function askTerminal(ask: TerminalAsk): void {
  for (const told of listeners) told(ask)
}

/** Gives what ends it. */
export function onTerminalAsk(told: (ask: TerminalAsk) => void): () => void {
  listeners.add(told)
  return () => listeners.delete(told)
}
