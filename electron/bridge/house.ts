/** What a carrier needs of the House: a way in for one window or command. */

import type { Changes, Reply } from '../../shared/contract.ts'

/** One side that looks at the House: a window, a browser page, a command. */
export type Peer = {
  changes(batch: Changes): void
  frame(bytes: Uint8Array<ArrayBuffer>): void
}

export type Connection = {
  /** Parses, delegates, fences: always resolves with a reply. */
  call(name: string, params: unknown): Promise<Reply>
  /** Bytes from the peer; anything that is not a frame is ignored. */
  frame(bytes: Uint8Array): void
  close(): void
}

export type House = {
  connect(peer: Peer): Connection
  /** Stops sessions gracefully, saves, lets go of everything. */
  close(): Promise<void>
}
