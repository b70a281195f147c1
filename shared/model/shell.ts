/** A plain shell in a session's worktree, for the user's own commands. */

import * as z from 'zod'

export const shell = z.strictObject({
  /** Also the id of its terminal. */
  id: z.string(),
  /** The session whose worktree it runs in, by id. */
  session: z.string(),
  /** Its number among the shells of its session, from 1; a number is not given twice while another shell is open. */
  number: z.number().int(),
  /** How it ended, when it did; its terminal stays until it is closed. */
  exit: z.strictObject({ code: z.number().int().nullable(), signal: z.string().nullable() }).optional(),
})
export type Shell = z.infer<typeof shell>
