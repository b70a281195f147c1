/** The user's repository that is open. */

import * as z from 'zod'
import { oid } from './session.ts'

export const target = z.strictObject({ branch: z.string(), head: oid })
export type Target = z.infer<typeof target>

export const repository = z.strictObject({
  id: z.string(),
  /** Absolute path of its main checkout. */
  path: z.string(),
  name: z.string(),
  trusted: z.boolean(),
  /** Null when the target branch does not exist; `problem` then says what to do. */
  target: target.nullable(),
  problem: z.string().optional(),
  /** What in it could run a command of its own, found without running any; shown in the trust question. */
  risks: z.array(z.string()).readonly(),
})
export type Repository = z.infer<typeof repository>
