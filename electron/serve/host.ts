/** The House over HTTP and WebSocket, for a browser and the command line of this machine only. Knows routes; knows nothing of what is called. */

import { randomBytes } from 'node:crypto'
import { createServer, STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { fail, ok, type Refused, type Result } from '../../shared/result.ts'
import type { House } from '../bridge/house.ts'
import { systemClock, type Clock } from '../kit/clock.ts'
import type { Log } from '../kit/log.ts'
import { browserKey } from './browser-key.ts'
import { removeAddress, writeAddress } from './address.ts'
import { HEADERS, sayNo, sendDoor, sendOnward, sendReply, sendToPage } from './answers.ts'
import { answerCall, badRequest, CALL_PATH, MAX_BYTES } from './calls.ts'
import { hasToken, isSecret, mayConnect, maySee, PROTOCOL, refusal, setCookie, type Keys } from './gate.ts'
import { sendPage } from './pages.ts'
import { serveSocket } from './socket.ts'

const LOOPBACK = '127.0.0.1'
const SOCKET_PATH = '/socket'

/** How long a page may take to answer the goodbye before it is cut off. */
const GOODBYE_MILLISECONDS = 500

export type HostOptions = {
  readonly house: House
  /** Must exist; `host.json` is written there. */
  readonly dataDir: string
  /** Left out: any free one. */
  readonly port?: number
  /** The folder of the built page. */
  readonly pages: string
  readonly version: string
  readonly log: Log
  readonly clock?: Clock
}

export type Host = {
  /** With the token: `http://127.0.0.1:PORT/?token=…`. */
  readonly url: string
  readonly port: number
  readonly token: string
  /** Disconnects everybody and removes `host.json`. The House stays open. Twice is harmless. */
  close(): Promise<void>
}

function listen(server: Server, port: number): Promise<Result<number, 'port-taken' | 'port-refused'>> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') {
        resolve(fail('port-taken', `Port ${port} is already used by another program; choose another one with --port.`))
      } else if (error.code === 'EACCES') {
        resolve(fail('port-refused', `The system does not let Sluice use port ${port}; choose one above 1023 with --port.`))
      } else reject(error)
    })
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => {
      const bound = server.address()
      resolve(ok(typeof bound === 'object' && bound !== null ? bound.port : port))
    })
  })
}

function refuseUpgrade(socket: Duplex, status: 401 | 403 | 404, sentence: string): void {
  const headers = {
    ...HEADERS,
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(sentence),
    Connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  // A peer that never closes its half would otherwise stay for ever.
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${sentence}`, () => socket.destroy())
}

/** The path without its query, and the token in the query when there is one. */
function parseUrl(request: IncomingMessage): { path: string; token: string | null } {
  const [path = '', query = ''] = (request.url ?? '').split('?', 2)
  return { path, token: new URLSearchParams(query).get('token') }
}

async function answer(options: HostOptions, keys: Keys, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const no = refusal(request.headers, keys.port)
  if (no !== null) return sayNo(response, 403, no)
  const { path, token } = parseUrl(request)
  if (path.startsWith(CALL_PATH)) {
    if (hasToken(request.headers, keys)) return answerCall(options.house, request, response)
    return sendReply(response, 401, badRequest('This host does not know the caller; it may have been started again meanwhile.'))
  }
  if (path === SOCKET_PATH)
    return sayNo(response, 426, 'This is where the page connects its WebSocket.', { Upgrade: 'websocket' })
  if (path === '/' && token !== null && (request.method === 'GET' || request.method === 'HEAD')) {
    if (!isSecret(token, keys.token)) return sendDoor(response, 403)
    const entry = { cookie: setCookie(keys), page: `/#${keys.pageSecret}` }
    return request.headers['sec-fetch-site'] === 'cross-site' ? sendOnward(response, entry) : sendToPage(response, entry)
  }
  if (!maySee(request.headers, keys)) return sendDoor(response, 401)
  return sendPage(options.pages, request, response)
}

function unwritable(dataDir: string, error: unknown): Refused<'read-only'> {
  const why = error instanceof Error ? error.message : String(error)
  return fail('read-only', `Sluice cannot write to ${dataDir} (${why}); make it writable or choose another data directory.`)
}

/**
 * Starts listening on the loopback interface and leaves `host.json` in the data directory. Fails with `port-taken` or
 * `port-refused` when the port cannot be had, and with `read-only` when `host.json` cannot be written; nothing listens then.
 */
export async function startHost(options: HostOptions): Promise<Result<Host, 'port-taken' | 'port-refused' | 'read-only'>> {
  const { house, dataDir, log, clock = systemClock } = options
  const token = randomBytes(32).toString('base64url')
  const key = await browserKey(dataDir).then(ok, (error: unknown) => unwritable(dataDir, error))
  if (!key.ok) return key
  const server = createServer({ requestTimeout: 60_000, headersTimeout: 10_000 })
  const bound = await listen(server, options.port ?? 0)
  if (!bound.ok) return bound
  const port = bound.value
  const keys: Keys = { port, token, ...key.value }
  const url = `http://${LOOPBACK}:${port}/?token=${token}`
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_BYTES,
    perMessageDeflate: false,
    clientTracking: true,
    handleProtocols: (offered) => offered.has(PROTOCOL) && PROTOCOL,
  })
  const lines = new Set<Socket>()

  server.on('connection', (line) => {
    lines.add(line)
    line.once('close', () => lines.delete(line))
  })
  server.on('request', (request, response) => {
    answer(options, keys, request, response).catch((error: unknown) => {
      // A browser that went away in the middle of a file is no fault.
      if (response.destroyed || request.socket.destroyed) return
      const sentence = `Something in Sluice is broken (${log.fault(error)}).`
      if (response.headersSent) response.destroy()
      else if (request.url?.startsWith(CALL_PATH))
        sendReply(response, 500, { ok: false, failure: { code: 'fault', message: sentence } })
      else sayNo(response, 500, sentence)
    })
  })
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    const no = refusal(request.headers, port)
    if (no !== null) return refuseUpgrade(socket, 403, no)
    if (parseUrl(request).path !== SOCKET_PATH) return refuseUpgrade(socket, 404, 'Sluice has no socket there.')
    if (!mayConnect(request.headers, keys)) return refuseUpgrade(socket, 401, 'Open the address that “sluice serve” printed.')
    sockets.handleUpgrade(request, socket, head, (open) => serveSocket(open, { house, clock, log }))
  })

  async function stop(): Promise<void> {
    await removeAddress(dataDir, token)
    const ended = Promise.all([
      new Promise<void>((resolve) => {
        server.close(() => resolve())
      }),
      // After this the House has let go of every page.
      new Promise<void>((resolve) => {
        sockets.close(() => resolve())
      }),
    ])
    for (const open of sockets.clients) open.close(1001, 'Sluice is closing.')
    server.closeAllConnections()
    const callOff = clock.after(GOODBYE_MILLISECONDS, () => {
      for (const line of lines) line.destroy()
    })
    await ended
    callOff()
  }
  let stopped: Promise<void> | null = null
  const close = (): Promise<void> => (stopped ??= stop())

  try {
    await writeAddress(dataDir, { url, port, pid: process.pid, token, startedAt: clock.now().toISOString() })
  } catch (error) {
    await close()
    return unwritable(dataDir, error)
  }
  log.info('Sluice answers on the loopback interface.', { port, version: options.version })
  return ok({ url, port, token, close })
}
