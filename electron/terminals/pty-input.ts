/**
 * Writes what was typed to a terminal's descriptor, in order, however slowly the program reads. Bounded.
 * node-pty's own queue spins the event loop while the program does not read; this one waits.
 */

import { write } from 'node:fs'

export type PtyInput = {
  /** Gives false, and takes nothing, when too much waits already or the terminal is closed. */
  write(bytes: Uint8Array): boolean
  /** Drops what waits; resolves when the descriptor is not in use any more and may be closed. */
  close(): Promise<void>
}

/** A large paste goes in; a program that stopped reading does not grow us without an end. */
export const MAX_WAITING_BYTES = 8 * 1024 * 1024

const FIRST_WAIT_MS = 1
const LONGEST_WAIT_MS = 50

/** Takes the descriptor of a terminal in non-blocking mode; never closes it. */
export function createPtyInput(fd: number): PtyInput {
  let queue: Uint8Array[] = []
  let waiting = 0
  let writing = false
  let closed = false
  let wait = FIRST_WAIT_MS
  let settled: (() => void) | null = null

  function stop(): void {
    queue = []
    waiting = 0
    writing = false
    settled?.()
  }

  function next(): void {
    const bytes = queue[0]
    if (closed || bytes === undefined) return stop()
    writing = true
    write(fd, bytes, 0, bytes.length, null, (error, written) => {
      if (error !== null) {
        if (closed || error.code !== 'EAGAIN') return stop()
        setTimeout(next, wait)
        wait = Math.min(wait * 2, LONGEST_WAIT_MS)
        return
      }
      wait = FIRST_WAIT_MS
      waiting -= written
      if (written === bytes.length) queue.shift()
      else queue[0] = bytes.subarray(written)
      next()
    })
  }

  return {
    write(bytes) {
      if (closed || waiting + bytes.length > MAX_WAITING_BYTES) return false
      if (bytes.length === 0) return true
      queue.push(Uint8Array.from(bytes))
      waiting += bytes.length
      if (!writing) next()
      return true
    },
    close() {
      closed = true
      if (!writing) return Promise.resolve()
      return new Promise((resolve) => {
        settled = resolve
      })
    },
  }
}
