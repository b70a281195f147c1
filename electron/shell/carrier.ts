/**
 * The House over Electron's messages: one connection per document of a window. Checks who speaks and what it looks
 * like; knows nothing of what a call does. Takes `ipcMain` as a value, so that it can be tested without Electron.
 */

import * as z from 'zod'
import type { Reply } from '../../shared/contract.ts'
import { MAX_INPUT_BYTES } from '../../shared/frames.ts'
import type { Connection, House } from '../bridge/house.ts'
import { CALL, CHANGES, FRAME, LOST, OPEN, POST } from './channels.ts'
import { isOwnMessage } from './sender.ts'

/** What is used of Electron's `WebContents`. */
export type Page = {
  readonly id: number
  isDestroyed(): boolean
  send(channel: string, ...values: unknown[]): void
  on(event: 'destroyed' | 'render-process-gone', listener: () => void): unknown
}

type Incoming = { readonly sender: Page; readonly senderFrame: { readonly url: string; readonly parent: unknown } | null }

/** What is used of Electron's `ipcMain`. */
export type Ipc = {
  handle(channel: string, listener: (event: Incoming, payload: unknown) => Promise<Reply>): void
  removeHandler(channel: string): void
  on(channel: string, listener: (event: Incoming, payload: unknown) => void): unknown
  off(channel: string, listener: (event: Incoming, payload: unknown) => void): unknown
}

const called = z.strictObject({ call: z.string().max(100), params: z.unknown() })
/** The page's own random mark; it lets the page tell its messages from those meant for the document before it. */
const opening = z.string().min(8).max(64)

/** A frame's body, its kind, the length and the id of its terminal. */
export const MAX_POST_BYTES = MAX_INPUT_BYTES + 2 + 255

/** A view on a larger buffer would be sent with all of that buffer. */
function exact(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice()
}

/** Serves the House to every window. Gives the way to stop: pages are told, connections closed, channels freed. */
export function carryWindows(house: House, ipc: Ipc): () => void {
  const open = new Map<number, { readonly page: Page; readonly connection: Connection }>()
  const known = new WeakSet<Page>()

  function close(id: number): void {
    open.get(id)?.connection.close()
    open.delete(id)
  }

  function tell(page: Page, channel: string, ...values: unknown[]): void {
    if (!page.isDestroyed()) page.send(channel, ...values)
  }

  function onOpen(event: Incoming, payload: unknown): void {
    const mark = opening.safeParse(payload)
    if (!isOwnMessage(event) || !mark.success) return
    const page = event.sender
    const { id } = page
    close(id)
    const connection = house.connect({
      changes: (batch) => tell(page, CHANGES, mark.data, batch),
      frame: (bytes) => tell(page, FRAME, mark.data, exact(bytes)),
    })
    open.set(id, { page, connection })
    if (known.has(page)) return
    known.add(page)
    page.on('destroyed', () => close(id))
    page.on('render-process-gone', () => close(id))
  }

  async function onCall(event: Incoming, payload: unknown): Promise<Reply> {
    if (!isOwnMessage(event)) throw new Error('Only Sluice’s own page may call the House.')
    const parsed = called.safeParse(payload)
    if (!parsed.success) {
      return { ok: false, failure: { code: 'bad-request', message: 'That was not a call Sluice understands.' } }
    }
    const connection = open.get(event.sender.id)?.connection
    if (connection === undefined) throw new Error('This window has no connection to the House.')
    return await connection.call(parsed.data.call, parsed.data.params)
  }

  function onPost(event: Incoming, payload: unknown): void {
    if (!isOwnMessage(event)) return
    if (!(payload instanceof Uint8Array) || payload.byteLength > MAX_POST_BYTES) return
    open.get(event.sender.id)?.connection.frame(payload)
  }

  ipc.on(OPEN, onOpen)
  ipc.on(POST, onPost)
  ipc.handle(CALL, onCall)
  return () => {
    ipc.off(OPEN, onOpen)
    ipc.off(POST, onPost)
    ipc.removeHandler(CALL)
    for (const [id, { page }] of open) {
      close(id)
      tell(page, LOST)
    }
  }
}
