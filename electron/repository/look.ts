/** What there is to work with: git, Claude Code, and the commands that the repository's files suggest. Runs none of those commands. */

import type { Found } from '../../shared/model/found.ts'
import type { Result } from '../../shared/result.ts'
import type { Git } from '../git/run.ts'
import { findGit } from '../git/version.ts'
import { guessCommands } from './guess-checks.ts'
import { readRootFiles } from './root-files.ts'

/** Finds Claude Code. A failure that knows a path has it in its `detail`. */
export type FindClaude = () => Promise<
  Result<{ readonly path: string; readonly version: string }, 'no-claude' | 'claude-too-old'>
>

export type LookParts = {
  readonly git: Git
  readonly now: () => Date
  readonly claude: FindClaude
  /** The main checkout of the open repository; null when none is open. */
  checkout(): string | null
}

type Tools = Pick<Found, 'git' | 'claude'>

/** Tools do not come and go; a page that is drawn twice asks twice. */
const KEPT_MS = 60_000

const NOT_FOUND =
  'Claude Code was not found on your PATH. Install it with “npm install -g @anthropic-ai/claude-code”, or start Sluice with --claude PATH.'

function pathIn(detail: unknown): string | null {
  return typeof detail === 'object' && detail !== null && 'path' in detail && typeof detail.path === 'string' ? detail.path : null
}

async function lookForClaude(claude: FindClaude): Promise<Found['claude']> {
  const found = await claude()
  // The only way to ask Claude Code for its login writes into the user's own configuration, so it is not asked.
  const login = 'unknown'
  if (found.ok) return { version: found.value.version, path: found.value.path, login }
  const path = pathIn(found.failure.detail)
  const nowhere = found.failure.code === 'no-claude' && path === null
  return { version: null, path, login, problem: nowhere ? NOT_FOUND : found.failure.message }
}

/** Gives the way to look. Tools that are all there are believed for a minute; what is missing is looked for again each time. */
export function createLook({ git, now, claude, checkout }: LookParts): () => Promise<Found> {
  let kept: { readonly until: number; readonly tools: Tools } | null = null
  let underWay: Promise<Tools> | null = null

  async function lookForTools(): Promise<Tools> {
    const [foundGit, foundClaude] = await Promise.all([findGit(git), lookForClaude(claude)])
    const tools = { git: foundGit, claude: foundClaude }
    const isComplete = foundGit.problem === undefined && foundClaude.problem === undefined
    kept = isComplete ? { until: now().getTime() + KEPT_MS, tools } : null
    return tools
  }

  function tools(): Promise<Tools> | Tools {
    if (kept !== null && now().getTime() < kept.until) return kept.tools
    underWay ??= lookForTools().finally(() => {
      underWay = null
    })
    return underWay
  }

  return async () => {
    const root = checkout()
    const guessed = root === null ? { checks: [], setup: [] } : guessCommands(await readRootFiles(root))
    return { ...(await tools()), ...guessed }
  }
}
