/** What archiving a session would keep and what would go with its worktree. */

import * as z from 'zod'

export const leavings = z.strictObject({
  /** Commits that the target lacks: they stay on the branch. */
  commits: z.number().int(),
  /** Changed and new files: they go into the snapshot. */
  uncommitted: z.array(z.string()).readonly(),
  /** Files and whole folders that git ignores: they are deleted. Folders end with “/”, and say how many files they hold. The largest first. */
  ignored: z.array(z.strictObject({ path: z.string(), bytes: z.number(), files: z.number().int().optional() })).readonly(),
  /** Of all that git ignores, also what is not listed. */
  ignoredBytes: z.number(),
  /** How many files that are, also those in folders. */
  ignoredCount: z.number().int(),
  /** There is more than could be counted in a short time. */
  ignoredAtLeast: z.boolean().optional(),
  /** True where a running Claude Code would be stopped. */
  running: z.boolean(),
  /** The shells that would be ended: the command in the foreground of each, null where none runs. Left out: there is no shell. */
  shells: z.array(z.string().nullable()).readonly().optional(),
  /** Why it cannot be archived now, in a sentence. */
  refusal: z.string().optional(),
})
export type Leavings = z.infer<typeof leavings>
