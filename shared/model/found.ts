/** What Sluice finds on a machine and in a repository, without running anything of the repository. */

import * as z from 'zod'

/** A command that the repository's own files suggest. */
const guess = z.strictObject({
  command: z.string(),
  /** The file that suggests it, such as “package.json”. */
  from: z.string(),
})
export type Guess = z.infer<typeof guess>

export const found = z.strictObject({
  git: z.strictObject({ version: z.string().nullable(), problem: z.string().optional() }),
  claude: z.strictObject({
    version: z.string().nullable(),
    path: z.string().nullable(),
    /** Whether it says that it is logged in; `unknown` when it does not say. */
    login: z.enum(['yes', 'no', 'unknown']),
    problem: z.string().optional(),
  }),
  /** Of the open repository; empty when none is open. */
  checks: z.array(guess).readonly(),
  setup: z.array(guess).readonly(),
})
export type Found = z.infer<typeof found>

export const folder = z.strictObject({
  /** Absolute. */
  path: z.string(),
  /** Null at the root. */
  parent: z.string().nullable(),
  /** Whether the folder itself is a git repository. */
  repository: z.boolean(),
  folders: z.array(z.strictObject({ name: z.string(), repository: z.boolean() })).readonly(),
  /** True when there are more folders than are listed. */
  truncated: z.boolean(),
})
export type Folder = z.infer<typeof folder>

export const scopeMatch = z.strictObject({
  /** Files of the target that the scope holds, and how many the target has. */
  matched: z.number().int(),
  total: z.number().int(),
  /** The first of them. */
  sample: z.array(z.string()).readonly(),
  /** Globs of the scope that match no file. */
  unmatched: z.array(z.string()).readonly(),
  /** Sessions that are not archived whose scope holds some of the same files, and how many. */
  shared: z.array(z.strictObject({ session: z.string(), files: z.number().int() })).readonly(),
})
export type ScopeMatch = z.infer<typeof scopeMatch>
