/** Which branch work lands on, and where it is now. */

import type { Config } from '../../shared/model/config.ts'
import type { Target } from '../../shared/model/repository.ts'
import type { Checkout } from '../git/checkout.ts'
import type { Oid } from '../git/names.ts'
import { branchHead, currentBranch } from '../git/refs.ts'
import type { Git } from '../git/run.ts'
import { BRANCH_PREFIX } from '../../shared/model/names.ts'

const USUAL = ['main', 'master', 'trunk', 'develop'] as const

/** The branch to propose when a repository is opened for the first time: the one checked out, or the first usual one that exists. */
export async function guessTarget(git: Git, checkout: Checkout): Promise<string | null> {
  const current = await currentBranch(git, checkout)
  if (current !== null && !current.startsWith(BRANCH_PREFIX)) return current
  for (const branch of USUAL) if ((await branchHead(git, checkout, branch)) !== null) return branch
  return null
}

export type KnownTarget = { readonly target: (Target & { readonly head: Oid }) | null; readonly problem?: string }

/** Reads where the target is; `problem` is a sentence when there is none. */
export async function readTarget(git: Git, checkout: Checkout, config: Config): Promise<KnownTarget> {
  if (config.target === null) {
    return {
      target: null,
      problem: 'No target branch is chosen, because HEAD is detached. Choose one with “sluice config set target BRANCH”.',
    }
  }
  const head = await branchHead(git, checkout, config.target)
  if (head !== null) return { target: { branch: config.target, head } }
  return {
    target: null,
    problem: `The target branch “${config.target}” does not exist. Create it, or choose another one with “sluice config set target BRANCH”.`,
  }
}
