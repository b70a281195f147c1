/** What both sides know of the landing queue. The shapes are the public contract of `sluice queue …`. */

import * as z from 'zod'
import { oid } from './session.ts'

export const PHASES = ['waiting', 'rebasing', 'checking', 'landing', 'landed', 'blocked'] as const
export const phase = z.enum(PHASES)

export const WHYS = [
  'conflicts',
  'checks',
  'dirty',
  'out-of-scope',
  'not-approved',
  'target-dirty',
  'target-moved',
  'empty',
  'setup',
  /** The branch commits HANDOFF.md, which never lands. */
  'handoff',
] as const
export const why = z.enum(WHYS)
export type Why = z.infer<typeof why>

export const entry = z.strictObject({
  /** The session's name. */
  session: z.string(),
  phase,
  why: why.optional(),
  files: z.array(z.string()).readonly().optional(),
  head: oid.optional(),
  targetBefore: oid.optional(),
  targetAfter: oid.optional(),
  /** A sentence: why it is blocked, or what the user should know. */
  message: z.string().optional(),
  /** When it entered this phase. */
  since: z.iso.datetime(),
  /** Which check runs or ran last, of how many. */
  check: z.strictObject({ name: z.string(), index: z.number().int(), of: z.number().int() }).optional(),
})
export type Entry = z.infer<typeof entry>
