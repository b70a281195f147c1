/** A program for tests: says what it is told to say, remembers what was written to it, knows whether it must wait. */

import type { Exit, PtyListener, PtyRequest, SpawnPty } from '../pty.ts'

export type FakePty = {
  readonly request: PtyRequest
  readonly spawnedBy: PtyListener
  say(text: string | Uint8Array): void
  end(exit?: Exit): void
  readonly written: string[]
  readonly sizes: string[]
  paused: boolean
}

/** Gives a way to spawn and all that was spawned, in order. Any signal ends the program. */
export function createFakePtys(): { readonly spawned: FakePty[]; readonly spawn: SpawnPty } {
  const spawned: FakePty[] = []
  return {
    spawned,
    spawn(request, listener) {
      let over = false
      const pty: FakePty = {
        request,
        spawnedBy: listener,
        say: (text) => listener.data(typeof text === 'string' ? new TextEncoder().encode(text) : text),
        end(exit = { code: 0, signal: null }) {
          if (over) return
          over = true
          listener.exit(exit)
        },
        written: [],
        sizes: [],
        paused: false,
      }
      spawned.push(pty)
      return {
        pid: 1000 + spawned.length,
        write(bytes) {
          pty.written.push(new TextDecoder().decode(bytes))
          return true
        },
        resize: (cols, rows) => void pty.sizes.push(`${cols}x${rows}`),
        pause: () => void (pty.paused = true),
        resume: () => void (pty.paused = false),
        kill: () => pty.end({ code: null, signal: 1 }),
        killGroup: () => pty.end({ code: null, signal: 9 }),
      }
    },
  }
}
