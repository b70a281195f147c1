/** A House in memory for the carrier's tests: it answers a few calls, keeps the frames it got, and says whatever a test wants. */

import type { Changes, Reply } from '../../../shared/contract.ts'
import type { House, Peer } from '../../bridge/house.ts'

export type FixtureHouse = House & {
  readonly peers: ReadonlySet<Peer>
  /** Every frame that any peer sent. */
  readonly frames: readonly Uint8Array[]
  readonly called: readonly string[]
}

export const NOTICE: Changes = { first: 7, changes: [{ kind: 'notice', notice: { id: 'n', message: 'Hello.' } }] }

/** `echo` gives its parameters back, `later` too but after all that came before; `reject` and `unwritable` break the House's promise. */
export function fixtureHouse(): FixtureHouse {
  const peers = new Set<Peer>()
  const frames: Uint8Array[] = []
  const called: string[] = []
  return {
    peers,
    frames,
    called,
    connect(peer) {
      peers.add(peer)
      return {
        async call(name, params): Promise<Reply> {
          called.push(name)
          if (name === 'reject') throw new Error('broken')
          if (name === 'unwritable') return { ok: true, value: 1n }
          if (name === 'later') await new Promise((resolve) => setImmediate(resolve))
          if (name === 'no') return { ok: false, failure: { code: 'no-session', message: 'There is no such session.' } }
          return { ok: true, value: params }
        },
        frame(bytes) {
          frames.push(Uint8Array.from(bytes))
          peer.frame(Uint8Array.from(bytes))
        },
        close: () => void peers.delete(peer),
      }
    },
    close: async () => undefined,
  }
}
