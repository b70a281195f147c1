/** Electron's `ipcMain` and pages, in memory: what the carrier uses of them. Messages are structured-cloned, as the real ones. */

import { EventEmitter } from 'node:events'
import type { Reply } from '../../../shared/contract.ts'
import type { Ipc, Page } from '../carrier.ts'

export type Frame = { readonly url: string; readonly parent: unknown } | null
type Sent = { readonly channel: string; readonly values: readonly unknown[] }

export class FixturePage extends EventEmitter implements Page {
  readonly id: number
  readonly sent: Sent[] = []
  frame: Frame = { url: 'app://sluice/', parent: null }
  private gone = false

  constructor(id: number) {
    super()
    this.id = id
  }

  isDestroyed(): boolean {
    return this.gone
  }

  send(channel: string, ...values: unknown[]): void {
    if (this.gone) throw new Error('Object has been destroyed')
    this.sent.push({ channel, values: structuredClone(values) })
  }

  destroy(): void {
    this.gone = true
    this.emit('destroyed')
  }
}

type Incoming = Parameters<Parameters<Ipc['on']>[1]>[0]

export class FixtureIpc implements Ipc {
  private readonly emitter = new EventEmitter()
  private handlers = new Map<string, (event: Incoming, payload: unknown) => Promise<Reply>>()

  handle(channel: string, listener: (event: Incoming, payload: unknown) => Promise<Reply>): void {
    this.handlers.set(channel, listener)
  }

  removeHandler(channel: string): void {
    this.handlers.delete(channel)
  }

  on(channel: string, listener: (event: Incoming, payload: unknown) => void): void {
    this.emitter.on(channel, listener)
  }

  off(channel: string, listener: (event: Incoming, payload: unknown) => void): void {
    this.emitter.off(channel, listener)
  }

  /** What a page's preload does: `ipcRenderer.send`. */
  sendFrom(page: FixturePage, channel: string, payload: unknown): void {
    this.emitter.emit(channel, { sender: page, senderFrame: page.frame }, structuredClone(payload))
  }

  /** What a page's preload does: `ipcRenderer.invoke`. */
  async invokeFrom(page: FixturePage, channel: string, payload: unknown): Promise<Reply> {
    const handler = this.handlers.get(channel)
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
    return structuredClone(await handler({ sender: page, senderFrame: page.frame }, structuredClone(payload)))
  }
}
