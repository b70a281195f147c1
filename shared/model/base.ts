/** Where a session can start from: a commit to branch off, or a worktree that is there already. */

import * as z from 'zod'
import { oid } from './session.ts'

export const baseLook = z.strictObject({
  /** What was meant, as a person says it: “main”, “origin/main”, “v1.2”, or the first digits of a commit. */
  name: z.string(),
  head: oid,
  /** The newest commit's first line. */
  subject: z.string(),
  /** How far a local branch is behind the one it follows, as last fetched; left out where that is not known. */
  behind: z
    .strictObject({
      of: z.string(),
      commits: z.number().int(),
      /** When the repository was fetched last. */
      fetchedAt: z.iso.datetime().optional(),
    })
    .optional(),
})
export type BaseLook = z.infer<typeof baseLook>

export const foundWorktree = z.strictObject({
  path: z.string(),
  /** Null where HEAD is detached: it cannot be imported before it is on a branch. */
  branch: z.string().nullable(),
  head: oid.nullable(),
  /** Why it cannot be imported, in a sentence. */
  problem: z.string().optional(),
})
export type FoundWorktree = z.infer<typeof foundWorktree>
