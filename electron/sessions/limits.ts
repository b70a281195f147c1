/** When a limit of the API ends, from what the status line tells subscribers. Pure. */

import * as z from 'zod'

const window = z.looseObject({ used_percentage: z.number(), resets_at: z.number() })
const windows = z.record(z.string(), z.unknown())

const USED_UP = 100

/**
 * Takes `rate_limits` of the status line (windows such as `five_hour` and `seven_day`, with `resets_at` in seconds since 1970).
 * Gives when the last of the windows that are used up begins anew (ISO 8601); undefined when none is, or it cannot be told.
 */
export function limitedUntil(rateLimits: unknown): string | undefined {
  const told = windows.safeParse(rateLimits).data ?? {}
  const ends = Object.values(told).flatMap((value) => {
    const read = window.safeParse(value).data
    return read !== undefined && read.used_percentage >= USED_UP ? [read.resets_at * 1000] : []
  })
  const last = new Date(Math.max(...ends))
  return Number.isNaN(last.getTime()) ? undefined : last.toISOString()
}
