/** Waits for something that a test looks for, instead of for time to pass. */

import { setTimeout as sleep } from 'node:timers/promises'

/** Generous: it is reached only where it never happens, also on a busy machine. */
const LONGEST_MS = 100_000

/** Looks until something is found and gives it; throws after 100 seconds. */
export async function until<T>(look: () => Promise<T | null>): Promise<T> {
  const deadline = performance.now() + LONGEST_MS
  for (;;) {
    const found = await look()
    if (found !== null) return found
    if (performance.now() > deadline) throw new Error('It did not happen within 100 seconds.')
    await sleep(50)
  }
}
