/** A Claude Code that outlived the Sluice that started it. It is watched and, when the user says so, ended; never silently. */

import type { Clock } from '../kit/clock.ts'
import { processStart, signalIf } from '../kit/processes.ts'
import type { SessionRecord } from './facts.ts'

export type Orphan = {
  readonly pid: number
  /** SIGTERM, and SIGKILL for what does not end in time. Resolves when it is gone. */
  stop(): Promise<void>
  close(): void
}

const LOOK_MS = 500
const GRACE_LOOKS = 16

/**
 * Takes a record whose process may still run. Gives the orphan; null when there is none, after `gone` was called if the
 * record says that there was a process; `asked`: the user ended it. A pid that was given to another process is told by its
 * start time; where the system tells none (macOS, Windows), a closed terminal has ended it.
 */
export async function createOrphan(
  { pid, procStart: start }: SessionRecord,
  clock: Clock,
  gone: (asked: boolean) => void,
): Promise<Orphan | null> {
  if (pid === null) return null
  const isThere = async (): Promise<boolean> => start !== null && (await processStart(pid)) === start
  if (start === null || !(await isThere())) {
    gone(false)
    return null
  }
  let looks = 0
  let stopping = false
  let closed = false
  let callOff = (): void => undefined
  const ended = new Promise<void>((resolve) => {
    const look = async (): Promise<void> => {
      const there = await isThere()
      if (closed) return resolve()
      if (!there) {
        resolve()
        return gone(stopping)
      }
      if (stopping) looks += 1
      if (looks === GRACE_LOOKS) await signalIf({ pid, start }, 'SIGKILL')
      callOff = clock.after(LOOK_MS, () => void look())
    }
    callOff = clock.after(LOOK_MS, () => void look())
  })
  return {
    pid,
    async stop() {
      stopping = true
      await signalIf({ pid, start }, 'SIGTERM')
      await ended
    },
    close() {
      closed = true
      callOff()
    },
  }
}
