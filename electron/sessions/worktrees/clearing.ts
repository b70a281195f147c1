/** Lets go of a worktree that was kept ready and is not what it should be. What somebody put into one stays; only we forget it. */

import { join } from 'node:path'
import type { Checkout } from '../../git/checkout.ts'
import { discardWorktree } from '../../git/discard.ts'
import { clearHalfMade } from '../../git/half-made.ts'
import { isHalfMoved } from '../../git/half-moved.ts'
import type { Oid } from '../../git/names.ts'
import { exists } from '../../git/places.ts'
import { branchIn, registrationIn, type Registration } from '../../git/registrations.ts'
import type { Git } from '../../git/run.ts'
import { isUntouched, noteMove } from '../../git/warm-worktree.ts'
import type { Lane } from '../../kit/lane.ts'
import type { Log } from '../../kit/log.ts'

export type ClearingParts = {
  readonly git: Git
  readonly lane: Lane
  readonly log: Log
  checkout(): Checkout
  /** The folder that holds the worktrees. */
  root(): string
  /** Nobody waits for it. */
  background(work: Promise<unknown>): void
}

/** A worktree that should be at `commit`, or is on its way there from `before`. */
export type Unusable = { readonly path: string; readonly commit: Oid; readonly before?: Oid | undefined }
/** One that was on its way to be the worktree at `goal`. */
export type CutOff = Unusable & { readonly registration?: string | undefined; readonly goal?: string | undefined }

export type Clearing = {
  /** `fresh`: it was untouched moments ago, and what it has is what git wrote. Takes the lane itself. */
  discard(unusable: Unusable, fresh: boolean): Promise<void>
  /** Finishes or takes back a claim; a worktree that is on a branch already is its session's. In the repository's lane. */
  putRight(cutOff: CutOff): Promise<void>
}

export function createClearing({ git, lane, log, checkout, root, background }: ClearingParts): Clearing {
  /** True when all that is in it was put there by git. */
  async function isOurs({ path, commit, before }: Unusable, { head }: Registration): Promise<boolean> {
    const there: Checkout = { path, trusted: checkout().trusted }
    if (head !== commit && head !== before) return false
    if (await isUntouched(git, there)) return true
    return before !== undefined && isHalfMoved(git, there, { from: before, to: commit })
  }

  async function remove(path: string): Promise<void> {
    const discarded = await discardWorktree(git, checkout(), { path, root: root(), madeByUs: true })
    if (discarded.kind === 'discarded') background(discarded.deleted)
    else log.info(discarded.message)
  }

  async function clear(path: string, from: Oid): Promise<void> {
    const cleared = await clearHalfMade(git, checkout(), { path, branch: null, from, root: root() })
    if (cleared.kind === 'kept') log.info(cleared.message)
  }

  return {
    async discard(unusable, fresh) {
      const { path, commit } = unusable
      const made = await registrationIn(path)
      const isFull = made !== null && (await exists(join(made.at, 'index')))
      if (isFull && !fresh && !(await isOurs(unusable, made)))
        log.info('The worktree that was kept ready holds files of somebody; it was left as it is.', { path })
      else if (made !== null && (isFull || fresh)) await lane.run(checkout().path, () => remove(path))
      else await lane.run(checkout().path, () => clear(path, commit))
    },
    async putRight({ path, commit, before, registration, goal }) {
      const moved = goal === undefined ? null : await registrationIn(goal)
      if (goal === undefined || moved === null || moved.at !== registration) return clear(path, commit)
      await noteMove(moved.at, goal)
      if (branchIn(moved) !== null) return
      if (await isOurs({ path: goal, commit, before }, moved)) await remove(goal)
      else await clear(goal, commit)
    },
  }
}
