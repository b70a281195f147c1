/** A House for tests of carriers and the shell: answers with what it was asked, echoes frames reversed, counts. */

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, ok } from '../../../shared/result.ts'
import type { Peer } from '../../bridge/house.ts'
import type { DesktopHouse } from '../shell.ts'

export type FixtureHouse = DesktopHouse & {
  readonly peers: ReadonlySet<Peer>
  readonly opened: readonly string[]
}

/** `dataDir` given: the House leaves a file `closed` there when it was closed gracefully. */
export function createFixtureHouse(dataDir?: string, recent: readonly string[] = []): FixtureHouse {
  const peers = new Set<Peer>()
  const opened: string[] = []
  let connects = 0
  return {
    peers,
    opened,
    connect(peer) {
      peers.add(peer)
      const number = (connects += 1)
      return {
        async call(name, params) {
          if (name === 'hello') return { ok: true, value: { recent } }
          if (name === 'push') peer.changes({ first: 1, changes: [] })
          return { ok: true, value: { name, params, connection: number, open: peers.size, opened } }
        },
        frame: (bytes) => peer.frame(Uint8Array.from(bytes).toReversed()),
        close: () => void peers.delete(peer),
      }
    },
    async open(path) {
      opened.push(path)
      return path.endsWith('no-repository') ? fail('not-a-repository', `“${path}” is not a git repository.`) : ok(null)
    },
    async close() {
      if (dataDir !== undefined) await writeFile(join(dataDir, 'closed'), '')
    },
  }
}
