/** One line of the append-only history: `sluice events`. */

import * as z from 'zod'

export const event = z.looseObject({
  seq: z.number().int(),
  at: z.iso.datetime(),
  kind: z.string(),
})
export type Event = z.infer<typeof event>
