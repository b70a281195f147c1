/** What changed in a session: the shape of `sluice diff`. */

import * as z from 'zod'
import { oid } from './session.ts'

export const DIFF_SIDES = ['branch', 'uncommitted'] as const
export const diffOf = z.enum(DIFF_SIDES)
export type DiffOf = z.infer<typeof diffOf>

export const fileStatus = z.enum(['added', 'modified', 'deleted', 'renamed', 'copied', 'type-changed', 'unmerged'])
export type FileStatus = z.infer<typeof fileStatus>

export const diffFile = z.strictObject({
  path: z.string(),
  oldPath: z.string().optional(),
  status: fileStatus,
  insertions: z.number().int(),
  deletions: z.number().int(),
  binary: z.boolean(),
  viewed: z.boolean(),
})
export type DiffFile = z.infer<typeof diffFile>

export const diff = z.strictObject({ base: oid, head: oid, files: z.array(diffFile).readonly() })
export type Diff = z.infer<typeof diff>
