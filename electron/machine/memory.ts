/** What is to be said of the machine's memory. Pure. */

import type { Machine } from '../../shared/model/machine.ts'

export type Memory = NonNullable<Machine['memory']>

const MB = 1024 * 1024
/** Half a gigabyte: two sessions at rest, measured at 0.25 GB each. */
const LEAST_BYTES = 512 * MB
const LEAST_PART = 0.1
/** Memory is short no more only once there is this much more than the limit, or it would flicker around it. */
const RECOVERED = 1.25
const STEP_BYTES = 64 * MB

/** Takes what `/proc/meminfo` says; gives bytes, or null where it does not tell. */
export function readMeminfo(text: string): { readonly totalBytes: number; readonly availableBytes: number } | null {
  const bytes = (key: string): number | null => {
    const found = new RegExp(`^${key}:\\s+(\\d+) kB$`, 'mu').exec(text)
    return found === null ? null : Number(found[1]) * 1024
  }
  const [totalBytes, availableBytes] = [bytes('MemTotal'), bytes('MemAvailable')]
  return totalBytes === null || availableBytes === null ? null : { totalBytes, availableBytes }
}

/** Takes what was said last (null: nothing yet) and what the system has now; gives what to say, which is the same object when it is nothing new. */
export function sayMemory(last: Memory | null, now: { readonly totalBytes: number; readonly availableBytes: number }): Memory {
  const limit = Math.max(now.totalBytes * LEAST_PART, LEAST_BYTES)
  const low = now.availableBytes < (last?.low === true ? limit * RECOVERED : limit)
  const availableBytes = Math.round(now.availableBytes / STEP_BYTES) * STEP_BYTES
  const { totalBytes } = now
  const same = last?.low === low && last.availableBytes === availableBytes && last.totalBytes === totalBytes
  return same ? last : { totalBytes, availableBytes, low }
}
