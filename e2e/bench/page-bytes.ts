/**
 * What a page is sent of its terminals and when it has parsed it, seen at its WebSocket: the product's own code is not touched.
 * The same frames can be handed to the page directly; nothing then lies between the bytes and its xterm.js.
 */

import type { Page } from '@playwright/test'
import { encodeFrame, type Frame } from '../../shared/frames.ts'

/** One look at a terminal that was not on show: times are of `performance.now()`. */
export type Shown = {
  readonly askedAt: number
  readonly cameAt: number
  readonly parsedAt: number
  readonly drawnAt: number
  readonly bytes: number
}

export type PageBytes = {
  /** Counts anew for this terminal. */
  forget(terminal: string): void
  /** Bytes that the page has parsed since then. */
  parsed(terminal: string): number
  /** Milliseconds from the first byte that came until so many were parsed. Fails when they stop coming. */
  until(terminal: string, count: number): Promise<number>
  /** Hands bytes to the page as if they came from the House; gives the milliseconds until they were parsed. */
  feed(terminal: string, address: string): Promise<number>
  /** The same with the screen that came last. */
  feedScreen(terminal: string): Promise<number>
  /** For each letter pressed since `forget`: milliseconds until its echo was parsed. */
  echoes(terminal: string): number[]
  /** When the last key was pressed, in milliseconds of the wall clock. */
  keyAt(): number
  /** Distances of animation frames for so long. */
  frames(milliseconds: number): Promise<number[]>
  /** What becomes of the next terminal that is asked for. */
  nextShown(): Promise<Shown>
}

declare global {
  // A global can only be widened by an interface.
  interface Window {
    pageBytes?: PageBytes
  }
}

type Kinds = { readonly screen: number; readonly data: number; readonly attach: number; readonly ack: number }

/** Runs in the page before anything else does. */
function install(kinds: Kinds): void {
  type Line = { received: number; parsed: number; firstAt: number; readonly acks: { at: number; parsed: number }[] }
  const CHUNK = 64 * 1024
  const AHEAD = 1024 * 1024
  const lines = new Map<string, Line>()
  let wakers: (() => void)[] = []
  let keys: number[] = []
  let keyAt = 0
  let fed: { terminal: string; parsed: number; sent: number } | null = null
  let screen: Uint8Array | null = null
  let looking: { askedAt: number; cameAt: number; bytes: number; terminal: string; tell: (shown: Shown) => void } | null = null
  let socket: WebSocket | null = null

  const watch = (opened: WebSocket): void => void (socket = opened)
  const lineOf = (terminal: string): Line => {
    const line = lines.get(terminal) ?? { received: 0, parsed: 0, firstAt: 0, acks: [] }
    lines.set(terminal, line)
    return line
  }
  const headOf = (bytes: Uint8Array): { kind: number; terminal: string; body: Uint8Array } => {
    const length = bytes[1] ?? 0
    return {
      kind: bytes[0] ?? -1,
      terminal: String.fromCharCode(...bytes.subarray(2, 2 + length)),
      body: bytes.subarray(2 + length),
    }
  }
  const hand = (terminal: string, body: Uint8Array): void => {
    const frame = new Uint8Array(2 + terminal.length + body.length)
    frame.set([kinds.data, terminal.length, ...Array.from(terminal, (one) => one.charCodeAt(0))])
    frame.set(body, 2 + terminal.length)
    socket?.dispatchEvent(new MessageEvent('message', { data: frame.buffer }))
  }
  const wake = (): void => {
    const all = wakers
    wakers = []
    for (const waker of all) waker()
  }

  const came = (data: unknown): void => {
    if (!(data instanceof ArrayBuffer)) return
    const { kind, terminal, body } = headOf(new Uint8Array(data))
    if (kind === kinds.data && fed?.terminal !== terminal) {
      const line = lineOf(terminal)
      if (line.received === 0) line.firstAt = performance.now()
      line.received += body.length
    } else if (kind === kinds.screen) {
      screen = body.slice(8)
      if (looking?.terminal !== terminal) return
      looking.cameAt = performance.now()
      looking.bytes = body.length
      // Nothing acknowledges a screen: an empty piece of output right behind it does.
      fed = { terminal, parsed: 0, sent: 0 }
      setTimeout(() => hand(terminal, new Uint8Array()))
    }
  }

  /** True for what the House must not hear: it did not send what is acknowledged here. */
  const goes = (data: unknown): boolean => {
    if (!(data instanceof Uint8Array)) return false
    const { kind, terminal, body } = headOf(data)
    if (kind === kinds.attach && looking?.terminal === '') [looking.terminal, looking.askedAt] = [terminal, performance.now()]
    if (kind !== kinds.ack) return false
    const count = new DataView(body.buffer, body.byteOffset, body.byteLength).getUint32(0)
    if (fed?.terminal === terminal) {
      fed.parsed += count
      const look = looking
      if (look?.terminal === terminal) {
        const parsedAt = performance.now()
        ;[looking, fed] = [null, null]
        requestAnimationFrame(() => {
          // After this frame's own paint.
          setTimeout(() =>
            look.tell({ askedAt: look.askedAt, cameAt: look.cameAt, parsedAt, drawnAt: performance.now(), bytes: look.bytes }),
          )
        })
      }
      wake()
      return true
    }
    const line = lineOf(terminal)
    line.parsed += count
    line.acks.push({ at: performance.now(), parsed: line.parsed })
    wake()
    return false
  }

  const feed = async (terminal: string, bytes: Uint8Array): Promise<number> => {
    const mine = { terminal, parsed: 0, sent: 0 }
    fed = mine
    const started = performance.now()
    while (mine.parsed < bytes.length) {
      while (mine.sent < bytes.length && mine.sent - mine.parsed < AHEAD) {
        const piece = bytes.subarray(mine.sent, mine.sent + CHUNK)
        mine.sent += piece.length
        hand(terminal, piece)
      }
      await new Promise<void>((resolve) => wakers.push(resolve))
    }
    fed = null
    return performance.now() - started
  }

  window.WebSocket = class extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols)
      watch(this)
      this.addEventListener('message', (event) => event.isTrusted && came(event.data))
    }
    override send(data: string | BufferSource | Blob): void {
      if (!goes(data)) super.send(data)
    }
  }
  window.addEventListener(
    'keydown',
    (event) => {
      keyAt = performance.timeOrigin + event.timeStamp
      if (/^[a-z]$/u.test(event.key) && !event.ctrlKey) keys.push(event.timeStamp)
    },
    { capture: true },
  )
  window.pageBytes = {
    forget(terminal) {
      lines.delete(terminal)
      keys = []
    },
    parsed: (terminal) => lineOf(terminal).parsed,
    async until(terminal, count) {
      const line = lineOf(terminal)
      while (line.parsed < count) {
        const before = line.parsed
        const woken = new Promise<boolean>((resolve) => wakers.push(() => resolve(true)))
        const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 10_000))
        if (!(await Promise.race([woken, late])) && line.parsed === before)
          throw new Error(`Only ${line.parsed} of ${count} bytes came.`)
      }
      return (line.acks.find(({ parsed }) => parsed >= count)?.at ?? Number.NaN) - line.firstAt
    },
    feed: async (terminal, address) => feed(terminal, new Uint8Array(await (await fetch(address)).arrayBuffer())),
    feedScreen: async (terminal) => (screen === null ? Number.NaN : feed(terminal, screen)),
    echoes(terminal) {
      const { acks } = lineOf(terminal)
      return keys.flatMap((pressedAt, at) => {
        const echo = acks.find(({ parsed }) => parsed > at)
        return echo === undefined ? [] : [echo.at - pressedAt]
      })
    },
    keyAt: () => keyAt,
    frames: (milliseconds) =>
      new Promise((resolve) => {
        const distances: number[] = []
        const started = performance.now()
        let last = 0
        const next = (now: number): void => {
          if (last !== 0) distances.push(now - last)
          last = now
          if (performance.now() - started > milliseconds) resolve(distances)
          else requestAnimationFrame(next)
        }
        requestAnimationFrame(next)
      }),
    nextShown: () =>
      new Promise((resolve) => {
        looking = { askedAt: 0, cameAt: 0, bytes: 0, terminal: '', tell: resolve }
      }),
  }
}

/** Puts it into every page that this one opens from now on. */
export async function watchBytes(page: Page): Promise<void> {
  const kind = (frame: Frame): number => encodeFrame(frame)[0] ?? -1
  const terminal = 'x'
  const bytes = new Uint8Array()
  await page.addInitScript(install, {
    screen: kind({ kind: 'screen', terminal, cols: 1, rows: 1, bytes }),
    data: kind({ kind: 'data', terminal, bytes }),
    attach: kind({ kind: 'attach', terminal, cols: 1, rows: 1 }),
    ack: kind({ kind: 'ack', terminal, count: 0 }),
  })
}
