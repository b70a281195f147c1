/** The carrier of a browser: one WebSocket to where the page came from; it reconnects by itself and keeps the key that this needs. */

import * as z from 'zod'
import type { Carrier, CarrierListener, CarrierStatus } from '../../shared/client.ts'
import { serverMessage } from '../../shared/contract.ts'
import { recall, remember } from './memory.ts'

const FIRST_WAIT = 250
const LONGEST_WAIT = 5_000

/** A line that was silent so long is asked whether it still lives; without an answer in as long again it is lost. */
const SILENT_MS = 4_000
const LOOK_EVERY_MS = 1_000

/** What to do about a line, from three moments in milliseconds: now, the last word from the House, the last question to it. */
export function lifeOf(now: number, heardAt: number, askedAt: number): 'alive' | 'ask' | 'dead' {
  if (askedAt > heardAt) return now - askedAt > SILENT_MS ? 'dead' : 'alive'
  return now - heardAt > SILENT_MS ? 'ask' : 'alive'
}

/** How long to wait before attempt number `attempt` (from 0): doubling, bounded, and spread so that pages do not come all at once. */
export function backOff(attempt: number, spread: number): number {
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(attempt, 10)) * (0.75 + 0.5 * spread)
}

const KEY = 'page-key'
const pageKey = z.string().regex(/^[\w-]{43}$/u)

/** The key in what the host put behind the # of the address, or null for anything else there. */
export function keyIn(hash: string): string | null {
  return hash.startsWith('#') ? (pageKey.safeParse(hash.slice(1)).data ?? null) : null
}

const recallKey = (): string | null => recall(KEY, pageKey.nullable(), null)

/** The key from the address, which then is there no more, else the one this origin remembers; null when there is none. */
function takeKey(): string | null {
  const key = keyIn(location.hash)
  if (key === null) return recallKey()
  remember(KEY, key)
  history.replaceState(history.state, '', location.pathname + location.search)
  return key
}

type Waiting = { readonly resolve: (reply: unknown) => void; readonly reject: (why: Error) => void }

/** Takes the address of the socket; gives a carrier that is open whenever the House can be reached. */
export function webCarrier(address: URL): Carrier {
  const listeners = new Set<CarrierListener>()
  const waiting = new Map<number, Waiting>()
  let socket: WebSocket | null = null
  let lastId = 0
  let attempt = 0
  let retry: number | undefined
  let key = takeKey()
  let told: CarrierStatus | null = null
  let [heardAt, askedAt] = [0, 0]

  const tell = (status: CarrierStatus): void => {
    told = status
    listeners.forEach((listener) => listener.status(status))
  }

  const hear = (data: unknown): void => {
    heardAt = performance.now()
    if (data instanceof ArrayBuffer) {
      const bytes = new Uint8Array(data)
      listeners.forEach((listener) => listener.frame(bytes))
      return
    }
    if (typeof data !== 'string') return
    // What does not parse is dropped: the numbers of the changes then show a gap, and a new snapshot is asked for.
    const message = serverMessage.safeParse(JSON.parse(data)).data
    if (message === undefined) return
    if ('changes' in message) listeners.forEach((listener) => listener.changes(message.changes))
    else {
      waiting.get(message.id)?.resolve(message.reply)
      waiting.delete(message.id)
    }
  }

  const lose = (): void => {
    socket?.removeEventListener('close', lose)
    socket = null
    for (const call of waiting.values()) call.reject(new Error('The connection to Sluice was lost.'))
    waiting.clear()
    tell('lost')
    retry = window.setTimeout(connect, backOff(attempt, Math.random()))
    attempt += 1
  }

  const connect = (): void => {
    window.clearTimeout(retry)
    if (key === null) return tell('shut-out')
    // The plain name is what the host answers with; the secret is not repeated.
    const next = new WebSocket(address, ['sluice', `sluice.${key}`])
    next.binaryType = 'arraybuffer'
    next.addEventListener('open', () => {
      socket = next
      attempt = 0
      heardAt = performance.now()
      tell('open')
    })
    next.addEventListener('message', (event) => hear(event.data))
    next.addEventListener('close', lose)
  }

  // A process that hangs, or a machine that slept, closes nothing: only its silence tells.
  window.setInterval(() => {
    if (socket?.readyState !== WebSocket.OPEN) return
    const now = performance.now()
    const life = lifeOf(now, heardAt, askedAt)
    if (life === 'ask') {
      askedAt = now
      socket.send(JSON.stringify({ id: 0, call: 'settings.get', params: {} }))
    } else if (life === 'dead') {
      const silent = socket
      lose()
      silent.close()
    }
  }, LOOK_EVERY_MS)

  // Another tab was let in, perhaps with a newer key.
  window.addEventListener('storage', () => {
    key = recallKey() ?? key
    if (told !== 'shut-out' || key === null) return
    told = null
    connect()
  })
  connect()
  return {
    call: (name, params) =>
      new Promise((resolve, reject) => {
        if (socket?.readyState !== WebSocket.OPEN) return reject(new Error('Sluice cannot be reached.'))
        lastId += 1
        waiting.set(lastId, { resolve, reject })
        socket.send(JSON.stringify({ id: lastId, call: name, params }))
      }),
    post: (frame) => {
      if (socket?.readyState === WebSocket.OPEN) socket.send(frame)
    },
    listen: (listener) => {
      listeners.add(listener)
      if (told !== null) listener.status(told)
      return () => void listeners.delete(listener)
    },
  }
}
