/** Settings of one repository: `sluice config get|set`. */

import * as z from 'zod'
import { permissionMode } from './session.ts'

const command = z.string().trim().min(1, 'A command cannot be empty.').max(4096)

export const config = z.strictObject({
  /** The local branch that work lands on; set at the first opening to the branch checked out then. Null only where HEAD was detached and no usual branch exists. */
  target: z.string().min(1).max(250).nullable().default(null),
  /** Commands run on the rebased commit, in order; all must exit 0. */
  checks: z.array(command).max(50).readonly().default([]),
  /** Run once in a new worktree, and in the worktree of a check, before anything else. */
  setup: command.nullable().default(null),
  /** Files and patterns copied from the main checkout into a new worktree, such as `.env`. Git must ignore them there, or a session would commit them. */
  copy: z.array(z.string().trim().min(1).max(1024)).max(100).readonly().default([]),
  /** Run in a session's worktree before it is removed. */
  teardown: command.nullable().default(null),
  /** Keep one worktree ready in the background, so that a new session has its files at once. */
  warm: z.boolean().default(true),
  /** Where session worktrees go; null: `<repository>.worktrees` beside the repository. */
  worktrees: z.string().min(1).max(1024).nullable().default(null),
  /** How many sessions may run at once. */
  maxSessions: z.number().int().min(1).max(16).default(3),
  /** When true, only an approved commit may land. */
  requireApproval: z.boolean().default(true),
  model: z.string().min(1).max(100).nullable().default(null),
  permissionMode: permissionMode.default('acceptEdits'),
  /** A check that runs longer than this is stopped and counts as failed. */
  checkTimeoutSeconds: z.number().int().min(1).max(86_400).default(1800),
  /** What one session may cost before Sluice says so, in US dollars; null: no limit. */
  budgetUsd: z.number().positive().max(100_000).nullable().default(null),
})

/** What each setting takes, in words that finish the sentence “KEY takes …”. */
export const CONFIG_WORDS: Readonly<Record<keyof z.infer<typeof config>, string>> = {
  target: 'the name of a local branch, or null to choose the one checked out now',
  checks: 'a list of commands, such as ["npm test"], each at most 4,096 characters long',
  setup: 'one command, or null for none',
  copy: 'a list of paths or patterns inside the repository, such as [".env", "config/*.local.json"]',
  teardown: 'one command, or null for none',
  warm: 'true or false',
  worktrees: 'the whole path of a folder outside of the repository, or null for the one beside it',
  maxSessions: 'a whole number from 1 to 16',
  requireApproval: 'true or false',
  model: 'the name of a model, such as sonnet, or null for Claude Code’s own choice',
  permissionMode: `one of ${permissionMode.options.join(', ')}`,
  checkTimeoutSeconds: 'a whole number of seconds from 1 to 86,400',
  budgetUsd: 'an amount of US dollars above 0, or null for no limit',
}
export type Config = z.infer<typeof config>

export const CONFIG_KEYS = Object.keys(config.shape) as readonly (keyof Config)[]
export const DEFAULT_CONFIG: Config = config.parse({})
