/** Speaks the Chrome DevTools Protocol over Chromium's debugging pipe: commands, and events by session. */

import { EventEmitter } from 'node:events'
import type { Readable, Writable } from 'node:stream'

/** There is no schema of the protocol here: who asks says which fields are wanted. */
export type Fields = Readonly<Record<string, unknown>>

export type CdpSession = {
  send(method: string, params?: object): Promise<Fields>
  on<Params>(method: string, listener: (params: Params) => void): void
}

export type Cdp = {
  /** The browser itself, or one attached target. */
  session(id?: string): CdpSession
}

/** Takes the two ends of the pipe. A command the browser refuses rejects with the browser's own words. */
export function connectCdp(into: Writable, from: Readable): Cdp {
  const waiting = new Map<number, { method: string; resolve(value: Fields): void; reject(error: Error): void }>()
  const emitters = new Map<string, EventEmitter>()
  let lastId = 0
  let rest = ''

  function emitterOf(id: string): EventEmitter {
    const known = emitters.get(id) ?? new EventEmitter()
    emitters.set(id, known)
    return known
  }

  function receive(text: string): void {
    const message = JSON.parse(text) as {
      id?: number
      error?: { message: string }
      result?: Fields
      method?: string
      params?: Fields
      sessionId?: string
    }
    if (message.method !== undefined) {
      emitterOf(message.sessionId ?? '').emit(message.method, message.params ?? {})
      return
    }
    const call = waiting.get(message.id ?? 0)
    waiting.delete(message.id ?? 0)
    if (message.error === undefined) call?.resolve(message.result ?? {})
    else call?.reject(new Error(`${call.method}: ${message.error.message}`))
  }

  from.setEncoding('utf8')
  from.on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\0')
    rest = parts.pop() ?? ''
    for (const part of parts) receive(part)
  })
  from.on('close', () => {
    for (const call of waiting.values()) call.reject(new Error(`${call.method}: Chromium has ended.`))
    waiting.clear()
  })
  into.on('error', () => undefined)

  return {
    session: (id) => ({
      send(method, params = {}) {
        const number = (lastId += 1)
        return new Promise((resolve, reject) => {
          waiting.set(number, { method, resolve, reject })
          into.write(`${JSON.stringify({ id: number, method, params, ...(id === undefined ? {} : { sessionId: id }) })}\0`)
        })
      },
      on: (method, listener) => void emitterOf(id ?? '').on(method, listener),
    }),
  }
}
