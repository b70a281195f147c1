/** A Claude Code that outlived the Sluice that started it. It is watched and, when the user says so, ended; never silently. */

import type { Clock } from '../kit/clock.ts'
import type { SessionRecord } from './facts.ts'
import { processStart } from './status-file.ts'

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
 * record says that there was a process. A pid that was given to another process is told by its start time; where the system
 * tells none (macOS, Windows), a closed terminal has ended it.
 */
export async function createOrphan({ pid, procStart }: SessionRecord, clock: Clock, gone: () => void): Promise<Orphan | null> {
  if (pid === null) return null
  const isThere = async (): Promise<boolean> => procStart !== null && (await processStart(pid)) === procStart
  if (!(await isThere())) {
    gone()
    return null
  }
  let looks = 0
  let stopping = false
  let callOff = (): void => undefined
  const ended = new Promise<void>((resolve) => {
    const look = async (): Promise<void> => {
      if (!(await isThere())) {
        resolve()
        return gone()
      }
      if (stopping) looks += 1
      if (looks === GRACE_LOOKS) process.kill(pid, 'SIGKILL')
      callOff = clock.after(LOOK_MS, () => void look())
    }
    callOff = clock.after(LOOK_MS, () => void look())
  })
  return {
    pid,
    async stop() {
      if (!(await isThere())) return
      stopping = true
      process.kill(pid, 'SIGTERM')
      await ended
    },
    close: () => callOff(),
  }
}
