/** The files of the target, remembered: a scope is matched while it is typed. */

import type { Checkout } from '../git/checkout.ts'
import type { Oid, RepoPath } from '../git/names.ts'
import type { Git } from '../git/run.ts'
import { filesOfCommit } from '../git/tree.ts'

/** The target may move while a scope is typed; an older commit is not asked for again. */
const MOST_COMMITS = 2
/** Some 50 MB of paths. A larger repository is listed anew when its target moves back. */
const MOST_PATHS = 500_000

export type TargetFiles = {
  /** Throws a `GitError` when the commit cannot be read. */
  of(checkout: Checkout, commit: Oid): Promise<readonly RepoPath[]>
}

export function createTargetFiles(git: Git): TargetFiles {
  const lists = new Map<Oid, Promise<readonly RepoPath[]>>()
  const sizes = new Map<Oid, number>()

  function forget(commit: Oid): void {
    lists.delete(commit)
    sizes.delete(commit)
  }

  function makeRoom(): void {
    const total = (): number => [...sizes.values()].reduce((sum, size) => sum + size, 0)
    for (const oldest of lists.keys()) {
      const fits = lists.size <= MOST_COMMITS && total() <= MOST_PATHS
      if (fits || lists.size === 1) return
      forget(oldest)
    }
  }

  async function list(checkout: Checkout, commit: Oid): Promise<readonly RepoPath[]> {
    try {
      const files = await filesOfCommit(git, checkout, commit)
      if (lists.has(commit)) sizes.set(commit, files.length)
      makeRoom()
      return files
    } catch (error) {
      forget(commit)
      throw error
    }
  }

  return {
    of(checkout, commit) {
      const known = lists.get(commit)
      if (known !== undefined) return known
      const listing = list(checkout, commit)
      lists.set(commit, listing)
      makeRoom()
      return listing
    },
  }
}
