/** Ten ports for each session: a block that no other session has and that nobody listens on. Knows nothing of what they are used for. */

import { createServer } from 'node:net'
import { launchEnvironment } from '../launch.ts'
import type { SessionRecord } from '../facts.ts'

const FIRST = 43_000
const LAST = 65_500
/** How many ports a session has, from its `port` on. */
export const PORTS = 10

/** Takes the first ports of the blocks that are given away; gives the first ports of the others, in order. Pure. */
export function* freeBlocks(taken: ReadonlySet<number>): Generator<number> {
  for (let port = FIRST; port + PORTS <= LAST; port += PORTS) if (!taken.has(port)) yield port
}

/** True when the port can be listened on at the loopback. */
function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)))
  })
}

export type Ports = {
  /** The first port of a free block, from now on nobody else's; null when there is none. */
  take(): Promise<number | null>
}

/** Takes a way to all sessions: a block belongs to its session also while that one does not run. */
export function createPorts(records: () => readonly Pick<SessionRecord, 'port'>[]): Ports {
  // A session that is on its way has no row yet.
  const given = new Set<number>()
  return {
    async take() {
      const taken = new Set([...records().flatMap(({ port }) => port ?? []), ...given])
      for (const port of freeBlocks(taken)) {
        if (given.has(port)) continue
        given.add(port)
        const free = await Promise.all(Array.from({ length: PORTS }, (_, index) => isFree(port + index)))
        if (free.every(Boolean)) return port
        given.delete(port)
      }
      return null
    },
  }
}

/** What the repository's own commands get to see when they run for a session: its setup, its teardown. */
export function sessionEnvironment(
  env: Readonly<Record<string, string>>,
  dataDir: string,
  { name, port }: Pick<SessionRecord, 'name' | 'port'>,
): Record<string, string> {
  return launchEnvironment(env, { name, dataDir, port })
}
