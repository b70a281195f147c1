/** Which git there is, and whether it is new enough for what Sluice asks of it. */

import { tmpdir } from 'node:os'
import { GitError } from './failure.ts'
import type { Git } from './run.ts'

export type FoundGit = { readonly version: string | null; readonly problem?: string }

/** `merge-tree --write-tree` came with it. */
const OLDEST = [2, 38] as const
const TIMEOUT_MS = 5000

/** Takes what `git --version` printed; gives the version, or null. Pure. */
export function gitVersionIn(printed: string): string | null {
  return /^git version (\d+(?:\.\d+)+)/u.exec(printed)?.[1] ?? null
}

/** True when the version is too old for Sluice. Pure. */
export function isOldGit(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])
}

/** Asks git for its version; `problem` is a sentence when it cannot be used. */
export async function findGit(git: Git): Promise<FoundGit> {
  try {
    const whenLate = '“git --version” gave no answer. Check that git works in a terminal.'
    const ended = await git.run({ cwd: tmpdir(), args: ['--version'], timeoutMs: TIMEOUT_MS, whenLate })
    const version = ended.code === 0 ? gitVersionIn(ended.stdout.toString()) : null
    if (version === null)
      return { version, problem: '“git --version” did not answer with a version. Check that git works in a terminal.' }
    if (!isOldGit(version)) return { version }
    return {
      version,
      problem: `Git ${version} is too old; Sluice needs ${OLDEST.join('.')} or newer. Update git, then look again.`,
    }
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    return { version: null, problem: error.message }
  }
}
