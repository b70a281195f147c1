/** One WebSocket as one peer of the House: text is calls and changes, binary is terminal frames. Who may connect is decided before. */

import type { RawData, WebSocket } from 'ws'
import { request as requestSchema, type Reply, type Request, type ServerMessage } from '../../shared/contract.ts'
import type { Connection, House } from '../bridge/house.ts'
import type { Clock } from '../kit/clock.ts'
import type { Log } from '../kit/log.ts'

/** What may wait for a page that does not read, besides one message however large; terminals stop far below this by their own credit. */
export const MAX_WAITING_BYTES = 16 * 1024 * 1024
export const PING_MILLISECONDS = 20_000

/** Close codes of RFC 6455 that this side uses. */
const NOT_UNDERSTOOD = 1003
const FAULT = 1011

/** The message as a request, or null for anything else. */
function parseRequest(data: RawData): Request | null {
  try {
    const parsed = requestSchema.safeParse(JSON.parse(data.toString()))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** The same bytes without copying: `ws` gives one Buffer, or, for a message in fragments, several. */
function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}

export type SocketPorts = { readonly house: House; readonly clock: Clock; readonly log: Log }

/** Joins an open socket to the House until either lets go. Never throws; a message that makes no sense ends the connection. */
export function serveSocket(socket: WebSocket, { house, clock, log }: SocketPorts): void {
  let unsent = 0
  /** The largest message since nothing was unsent: its size says nothing about how well the page reads. */
  let largest = 0
  const sent = (): void => {
    unsent -= 1
    if (unsent === 0) largest = 0
  }
  function send(data: string | Uint8Array): void {
    if (socket.readyState !== socket.OPEN) return
    const waitingBytes = socket.bufferedAmount
    if (waitingBytes - largest > MAX_WAITING_BYTES) {
      log.info('A page that did not read what it was sent was disconnected; it connects again by itself.', { waitingBytes })
      return socket.terminate()
    }
    unsent += 1
    socket.send(data, sent)
    largest = Math.max(largest, socket.bufferedAmount - waitingBytes)
  }
  const say = (message: ServerMessage): void => send(JSON.stringify(message))

  async function answer(connection: Connection, { id, call, params }: Request): Promise<void> {
    let text: string
    try {
      text = JSON.stringify({ id, reply: await connection.call(call, params) } satisfies ServerMessage)
    } catch (error) {
      const fault = log.fault(error, { call })
      const reply: Reply = { ok: false, failure: { code: 'fault', message: `Something in Sluice is broken (${fault}).` } }
      text = JSON.stringify({ id, reply } satisfies ServerMessage)
    }
    send(text)
  }

  // An error is always followed by a close, which is where things end.
  socket.on('error', () => undefined)

  let connection: Connection
  try {
    connection = house.connect({ changes: (batch) => say({ changes: batch }), frame: send })
  } catch (error) {
    log.fault(error)
    socket.close(FAULT)
    return
  }

  let answered = true
  let stopPinging = (): void => undefined
  const ping = (): void => {
    if (!answered) return socket.terminate()
    answered = false
    socket.ping()
    stopPinging = clock.after(PING_MILLISECONDS, ping)
  }
  stopPinging = clock.after(PING_MILLISECONDS, ping)

  socket.on('pong', () => (answered = true))
  socket.on('message', (data, isBinary) => {
    // What arrives behind a message that ended the connection is not looked at.
    if (socket.readyState !== socket.OPEN) return
    if (isBinary) return connection.frame(bytesOf(data))
    const request = parseRequest(data)
    if (request === null) return socket.close(NOT_UNDERSTOOD, 'Not a request.')
    void answer(connection, request)
  })
  socket.once('close', () => {
    stopPinging()
    connection.close()
  })
}
