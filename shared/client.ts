/** A typed client of a House over any carrier: the page and the command line speak through it. */

import { calls, reply, type Answer, type BridgeFailure, type CallName, type Changes, type Params } from './contract.ts'

/** `shut-out`: there is a House, but this page holds no key to it; only the user can help. */
export type CarrierStatus = 'open' | 'lost' | 'shut-out'

export type CarrierListener = {
  changes(batch: Changes): void
  frame(bytes: Uint8Array): void
  /** `open` also after every reconnection: ask for a new snapshot and attach the terminals again. */
  status(status: CarrierStatus): void
}

/** What moves calls, changes and terminal bytes: Electron IPC, a WebSocket, or a direct call in tests. */
export type Carrier = {
  /** Gives the raw reply; rejects when the House cannot be reached. */
  call(name: CallName, params: unknown): Promise<unknown>
  post(frame: Uint8Array<ArrayBuffer>): void
  listen(listener: CarrierListener): () => void
}

export type Client = {
  call<N extends CallName>(name: N, params: Params<N>): Promise<Answer<N> | { ok: false; failure: BridgeFailure }>
}

/** Takes a carrier; gives calls whose answers are parsed at run time. A lost House is a failure, never a rejection. */
export function createClient(carrier: Carrier): Client {
  return {
    async call(name, params) {
      let raw: unknown
      try {
        raw = await carrier.call(name, params)
      } catch {
        return {
          ok: false,
          failure: { code: 'disconnected', message: 'Sluice is not reachable right now; it reconnects by itself.' },
        }
      }
      const answer = reply.parse(raw)
      if (!answer.ok) return { ok: false, failure: answer.failure as BridgeFailure }
      return { ok: true, value: calls[name].value.parse(answer.value) } as Answer<typeof name>
    },
  }
}
