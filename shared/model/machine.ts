/** What the machine that Sluice runs on has left. */

import * as z from 'zod'

export const machine = z.strictObject({
  memory: z
    .strictObject({
      totalBytes: z.number(),
      availableBytes: z.number(),
      /** True when another session would not fit well. */
      low: z.boolean(),
    })
    .nullable(),
})
export type Machine = z.infer<typeof machine>

/** Before the first look, and where the system does not tell. */
export const UNKNOWN_MACHINE: Machine = { memory: null }
