/** Whether a session that should be heard has been silent for long. Only a flag; a clock that is set anew neither sets nor breaks it. */

import type { Clock } from '../kit/clock.ts'

export const SILENT_MS = 10 * 60_000

export type Silence = {
  /** Something was heard: a hook, a status, output. Called for every piece of output, so it does next to nothing. */
  heard(): void
  /** Since when (ISO 8601) nothing was heard; undefined until that is long ago. */
  since(): string | undefined
  close(): void
}

/** Takes a clock; `changed` is called when it falls silent for long, and when it is heard again after that. */
export function createSilence(clock: Clock, changed: () => void): Silence {
  let last = clock.elapsed()
  let since: string | undefined
  let callOff = (): void => undefined

  function look(): void {
    const silent = clock.elapsed() - last
    if (silent >= SILENT_MS) {
      since = new Date(clock.now().getTime() - silent).toISOString()
      return changed()
    }
    callOff = clock.after(SILENT_MS - silent, look)
  }
  look()

  return {
    heard() {
      last = clock.elapsed()
      if (since === undefined) return
      since = undefined
      callOff = clock.after(SILENT_MS, look)
      changed()
    },
    since: () => since,
    close: () => callOff(),
  }
}
