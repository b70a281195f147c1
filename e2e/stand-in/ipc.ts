/** `ipcMain`: who listens on which channel. What pages send arrives here from `contents.ts`. */

import { EventEmitter } from 'node:events'
import { strict } from './strict.ts'

export type IpcEvent = {
  readonly sender: unknown
  readonly senderFrame: { readonly url: string; readonly origin: string; readonly parent: unknown } | null
}
type Handler = (event: IpcEvent, ...values: unknown[]) => unknown

const handlers = new Map<string, Handler>()
const emitter = new EventEmitter()

export const ipcMain = strict(
  'ipcMain',
  Object.assign(emitter, {
    handle(channel: string, handler: Handler) {
      if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
      handlers.set(channel, handler)
    },
    removeHandler: (channel: string) => void handlers.delete(channel),
  }),
)

/** A page's `send`. */
export function receive(event: IpcEvent, channel: string, values: readonly unknown[]): void {
  emitter.emit(channel, event, ...values)
}

/** A page's `invoke`: gives the handler's value, or rejects as it did. */
export async function invoke(event: IpcEvent, channel: string, values: readonly unknown[]): Promise<unknown> {
  const handler = handlers.get(channel)
  if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
  return await handler(event, ...values)
}
