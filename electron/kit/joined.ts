/** Work that answers everybody who asked before it began: one run at a time, and never one that may have read the past. */

import { setImmediate } from 'node:timers/promises'

export type Joined<Value> = {
  /** Gives the answer of a run that begins after this call; whoever asks until then gets the same one. */
  run(): Promise<Value>
  /** Resolves when no run is under way. */
  idle(): Promise<void>
}

export function createJoined<Value>(work: () => Promise<Value>): Joined<Value> {
  let running: Promise<unknown> | null = null
  let next: Promise<Value> | null = null

  async function begin(): Promise<Value> {
    // Calls come in groups: those of this moment join.
    await setImmediate()
    while (running !== null) await running
    next = null
    const mine = work()
    const ended = mine.then(
      () => undefined,
      () => undefined,
    )
    running = ended
    try {
      return await mine
    } finally {
      running = null
    }
  }

  return {
    run: () => (next ??= begin()),
    async idle() {
      while (running !== null) await running
    },
  }
}
