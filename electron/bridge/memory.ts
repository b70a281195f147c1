/** The carrier without a wire: the House in the same process, every message copied as a wire would. For tests. */

import type { Carrier, CarrierListener } from '../../shared/client.ts'
import type { House } from './house.ts'

/** Takes a House; gives a carrier that is connected while anybody listens. */
export function createMemoryCarrier(house: Pick<House, 'connect'>): Carrier & { close(): void } {
  const listeners = new Set<CarrierListener>()
  const connection = house.connect({
    changes(batch) {
      for (const listener of listeners) listener.changes(structuredClone(batch))
    },
    frame(bytes) {
      for (const listener of listeners) listener.frame(bytes.slice())
    },
  })
  return {
    async call(name, params) {
      return structuredClone(await connection.call(name, structuredClone(params)))
    },
    post: (frame) => connection.frame(frame.slice()),
    listen(listener) {
      listeners.add(listener)
      listener.status('open')
      return () => listeners.delete(listener)
    },
    close: () => connection.close(),
  }
}
