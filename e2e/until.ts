/** Waits for something that a test looks for, instead of for time to pass. */

import { setTimeout as sleep } from 'node:timers/promises'

/** Looks until something is found and gives it; throws after 15 seconds. */
export async function until<T>(look: () => Promise<T | null>): Promise<T> {
  for (let tries = 0; tries < 300; tries += 1) {
    const found = await look()
    if (found !== null) return found
    await sleep(50)
  }
  throw new Error('It did not happen within 15 seconds.')
}
