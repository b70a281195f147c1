/** What the parts of the contract are written in: one verb, and what several verbs share. */

import * as z from 'zod'

/** One verb: what it takes, what it gives, and every failure it may answer with. */
export type Call = { readonly params: z.ZodType; readonly value: z.ZodType; readonly failures: readonly string[] }

export function call<P extends z.ZodType, V extends z.ZodType, const F extends readonly string[]>(
  params: P,
  value: V,
  failures: F,
) {
  return { params, value, failures } as const
}

export const nothing = z.strictObject({})
export const named = z.strictObject({ name: z.string().min(1).max(400) })
/** Even all in three-byte characters this fits a message of the loopback host. */
export const text = z.string().max(300_000)

/** What may keep a session from being made. */
export const BEGINNING = [
  'no-repository',
  'untrusted',
  'bad-name',
  'name-taken',
  'branch-exists',
  'folder-exists',
  'read-only',
  'no-target',
  'bad-ref',
  'bad-scope',
  'no-claude',
  'claude-too-old',
  'setup-failed',
  'git-failed',
] as const

/** What may keep a prompt from a session. */
export const SENDING = [
  'no-session',
  'not-running',
  'dialog-open',
  'draft',
  'bad-prompt',
  'unconfirmed',
  'already-running',
  'worktree-missing',
  'no-claude',
  'claude-too-old',
  'setup-failed',
  'in-use',
  'untrusted',
] as const
