/** What the user asks of the list of changed files, from wherever. Whoever shows the list listens. */

export type FileAsk = 'go' | 'filter' | 'view'

const listeners = new Set<(ask: FileAsk) => void>()

export function askFiles(ask: FileAsk): void {
  for (const told of listeners) told(ask)
}

/** Gives what ends it. */
export function onFileAsk(told: (ask: FileAsk) => void): () => void {
  listeners.add(told)
  return () => listeners.delete(told)
}
