/** Ends processes that a look finds: they are asked first, then killed. Who they are is the look's to say. */

import { setTimeout as pause } from 'node:timers/promises'
import { isStill, signalIf, type Seen } from './processes.ts'

/** What is asked may start something as it ends, so that each round looks anew. */
const ROUNDS = [
  { signal: 'SIGTERM', forMs: 3000 },
  { signal: 'SIGKILL', forMs: 1000 },
  { signal: 'SIGKILL', forMs: 1000 },
  { signal: 'SIGKILL', forMs: 1000 },
] as const

const LOOK_MS = 50

async function untilGone(seen: readonly Seen[], forMs: number): Promise<void> {
  const until = performance.now() + forMs
  while ((await Promise.all(seen.map(isStill))).includes(true) && performance.now() < until) await pause(LOOK_MS)
}

/** Gives those that could not be ended: the system holds them. */
export async function endAll(find: () => Promise<readonly Seen[]>): Promise<readonly Seen[]> {
  let left = await find()
  for (const { signal, forMs } of ROUNDS) {
    if (left.length === 0) break
    await Promise.all(left.map((seen) => signalIf(seen, signal)))
    await untilGone(left, forMs)
    left = await find()
  }
  return left
}
