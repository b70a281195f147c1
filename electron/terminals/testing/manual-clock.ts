/** Time that passes only when a test says so. */

import type { Clock } from '../../kit/clock.ts'

export type ManualClock = Clock & { advance(milliseconds: number): void }

export function createManualClock(): ManualClock {
  let time = Date.UTC(2026, 10, 21)
  let timers: { readonly at: number; readonly callback: () => void }[] = []
  return {
    now: () => new Date(time),
    elapsed: () => time,
    after(milliseconds, callback) {
      const timer = { at: time + milliseconds, callback }
      timers.push(timer)
      return () => void (timers = timers.filter((other) => other !== timer))
    },
    advance(milliseconds) {
      const end = time + milliseconds
      for (;;) {
        const due = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0]
        if (due === undefined) break
        time = due.at
        timers = timers.filter((timer) => timer !== due)
        due.callback()
      }
      time = end
    },
  }
}
