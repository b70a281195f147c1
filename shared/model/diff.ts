/** What changed in a session: the shape of `sluice diff`. */

import * as z from 'zod'
import { oid } from './session.ts'

/** What of a session is compared; `unviewed` is the branch without the files that are viewed, `looked` what came since the user last looked at it. */
export const DIFF_SIDES = ['branch', 'uncommitted', 'unviewed', 'looked'] as const
export const diffOf = z.union([
  z.enum(DIFF_SIDES),
  /** One commit of the session, against its first parent. */
  z.templateLiteral(['commit:', oid]),
  /** From the work of the session with this id to this one's: of two that were asked for the same. */
  z.templateLiteral(['against:', z.string().min(1).max(200)]),
])
export type DiffOf = z.infer<typeof diffOf>
/** The sides that every session has. */
export type PlainSide = 'branch' | 'uncommitted'

export const fileStatus = z.enum(['added', 'modified', 'deleted', 'renamed', 'copied', 'type-changed', 'unmerged'])
export type FileStatus = z.infer<typeof fileStatus>

export const FOLDED = ['generated', 'lock-file', 'line-endings', 'large'] as const

export const diffFile = z.strictObject({
  path: z.string(),
  oldPath: z.string().optional(),
  status: fileStatus,
  insertions: z.number().int(),
  deletions: z.number().int(),
  binary: z.boolean(),
  viewed: z.boolean(),
  /** Whether the session owns it; `shared` is a file that everybody edits, such as a lock file or a list of routes. Left out: it has no scope, or owns it. */
  group: z.enum(['out-of-scope', 'shared']).optional(),
  /** Why its lines are folded away until they are asked for. */
  folded: z.enum(FOLDED).optional(),
  /** What it is, where that is no plain text file. */
  kind: z.enum(['image', 'submodule', 'lfs', 'link']).optional(),
  /** Its modes, as git writes them, where they differ. */
  modes: z.tuple([z.string(), z.string()]).readonly().optional(),
})
export type DiffFile = z.infer<typeof diffFile>

/** `note`: a sentence about what is compared, where that is not plain. */
export const diff = z.strictObject({ base: oid, head: oid, files: z.array(diffFile).readonly(), note: z.string().optional() })
export type Diff = z.infer<typeof diff>

/** What a file was and is, whole: for the lines around a change. Null: it was not there, or is not any more. */
export const wholeFile = z.strictObject({ from: z.string().nullable(), to: z.string().nullable() })
export type WholeFile = z.infer<typeof wholeFile>

export const picture = z.strictObject({ mime: z.string(), base64: z.string(), bytes: z.number().int() })
export const pictures = z.strictObject({ from: picture.nullable(), to: picture.nullable() })
export type Pictures = z.infer<typeof pictures>
