/** Where sessions touch each other, and what they changed outside their scope. The shape is that of `sluice overlap`. */

import * as z from 'zod'

/** A list of files may be long beyond any reading: the first ones, */
const files = z.array(z.string()).readonly()
/** and how many there are beside them; left out when there are none. */
const more = z.number().int().positive().optional()

export const overlapPair = z.strictObject({
  /** Names of sessions; `b` may be `target`. */
  a: z.string(),
  b: z.string(),
  files,
  more,
  /** `clash`: a trial merge of the two really conflicts there. `same-file`: both changed it, and git can merge it. */
  kind: z.enum(['clash', 'same-file']),
})
export type OverlapPair = z.infer<typeof overlapPair>

export const overlap = z.strictObject({
  pairs: z.array(overlapPair).readonly(),
  outOfScope: z.array(z.strictObject({ session: z.string(), files, more })).readonly(),
})
export type Overlap = z.infer<typeof overlap>

export const NO_OVERLAP: Overlap = { pairs: [], outOfScope: [] }
