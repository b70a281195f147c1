/** Asks git where sessions meet: one process at a time, nothing twice. Knows commits and ids; names are not its business. */

import type { Checkout } from '../git/checkout.ts'
import { GitError } from '../git/failure.ts'
import { changedPaths, trialMerge } from '../git/merge-tree.ts'
import { branchRef, type Oid } from '../git/names.ts'
import { mergeBase, refValues } from '../git/refs.ts'
import type { Git } from '../git/run.ts'
import { type Facts, type Meeting, type Member, NO_FACTS, pairKey } from './decide.ts'
import { common, mayMeet, type Reach, reachOf, without } from './meeting.ts'
import { createRecall } from './recall.ts'

export type Subject = {
  readonly checkout: Checkout
  /** Null when the target branch does not exist. */
  readonly target: Oid | null
  readonly members: readonly Member[]
}

export type Look = (subject: Subject, before: Facts) => Promise<Facts>

/** A session's commits: from where it left the target (null: their histories never met) to its head. */
type Branch = { readonly id: string; readonly head: Oid; readonly base: Oid | null; readonly reach: Reach }

/** Gives a way to look; it remembers what it learned. `failed` hears what git refused: what was true before then stays. */
export function createLook(git: Git, failed: (error: GitError) => void): Look {
  const bases = createRecall<Oid | null>()
  const reaches = createRecall<Reach>()
  const trials = createRecall<readonly string[] | GitError | null>()
  /** What `failed` has heard of already: an answer that is kept is no news. */
  const told = new WeakSet<GitError>()
  const known = new Map<string, Branch>()

  const baseOf = (checkout: Checkout, [a, b]: readonly [Oid, Oid]): Promise<Oid | null> =>
    bases.of(pairKey(a, b), () => mergeBase(git, checkout, a, b))

  const reachFrom = (checkout: Checkout, from: Oid | null, to: Oid): Promise<Reach> =>
    reaches.of(`${from} ${to}`, async () => reachOf(await changedPaths(git, checkout, { from, to })))

  /** The files in conflict; null when git can merge the two. Git crashed on two commits: they stay unknown, and are not tried again. */
  async function conflicts(checkout: Checkout, a: Oid, b: Oid): Promise<readonly string[] | null> {
    const [first, second] = a < b ? [a, b] : [b, a]
    const answer = await trials.of(pairKey(a, b), async () => {
      try {
        const trial = await trialMerge(git, checkout, first, second)
        return trial.kind === 'clean' ? null : trial.files
      } catch (error) {
        if (error instanceof GitError && error.kind === 'crashed') return error
        throw error
      }
    })
    if (answer instanceof GitError) throw answer
    return answer
  }

  /** Null when the session has no commit that the target lacks. */
  async function branchOf(checkout: Checkout, target: Oid, { id, head }: { id: string; head: Oid }): Promise<Branch | null> {
    const base = await baseOf(checkout, [target, head])
    return base === head ? null : { id, head, base, reach: await reachFrom(checkout, base, head) }
  }

  async function meetingOf(checkout: Checkout, a: Branch, b: Branch): Promise<Meeting | null> {
    if (!mayMeet(a.reach, b.reach)) return null
    const base = await baseOf(checkout, [a.head, b.head])
    // One was started from the other's commits: what both have is not done twice.
    if (base === a.head || base === b.head) return null
    let shared = common(a.reach.paths, b.reach.paths)
    if (base !== a.base && base !== b.base) {
      const [ofA, ofB] = [await reachFrom(checkout, base, a.head), await reachFrom(checkout, base, b.head)]
      shared = common(shared, ofA.paths, ofB.paths)
    }
    const files = await conflicts(checkout, a.head, b.head)
    const own = files === null ? [] : without(files, ...(await foreign(checkout, a, b)))
    if (own.length > 0) return { kind: 'clash', files: own }
    return shared.length === 0 ? null : { kind: 'same-file', files: shared }
  }

  /** Where a session conflicts with what the other one merely took over from the target: that is no clash of the two. */
  async function foreign(checkout: Checkout, a: Branch, b: Branch): Promise<readonly (readonly string[])[]> {
    if (a.base === null || b.base === null || a.base === b.base) return []
    return [(await conflicts(checkout, a.head, b.base)) ?? [], (await conflicts(checkout, b.head, a.base)) ?? []]
  }

  /** The answer; what was there before when git refuses. Null is no answer to keep. */
  async function orBefore<Value>(ask: () => Promise<Value | null>, before: Value | undefined): Promise<Value | null> {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof GitError)) throw error
      if (!told.has(error)) failed(error)
      told.add(error)
      return before ?? null
    }
  }

  return async ({ checkout, target, members }, before) => {
    if (target === null) return NO_FACTS
    const refs = members.flatMap(({ id, branch }) => {
      const ref = branchRef(branch)
      return ref === null ? [] : [{ id, ref }]
    })
    const values = await refValues(
      git,
      checkout,
      refs.map(({ ref }) => ref),
    )
    const branches: Branch[] = []
    for (const { id, ref } of refs) {
      const head = values.get(ref)?.oid
      if (head === undefined) continue
      const branch = await orBefore(() => branchOf(checkout, target, { id, head }), known.get(id))
      if (branch !== null) branches.push(branch)
    }

    const withTarget = new Map<string, readonly string[]>()
    const between = new Map<string, Meeting>()
    for (const [at, a] of branches.entries()) {
      const files =
        a.base === target ? null : await orBefore(() => conflicts(checkout, a.head, target), before.withTarget.get(a.id))
      if (files !== null) withTarget.set(a.id, files)
      for (const b of branches.slice(at + 1)) {
        const key = pairKey(a.id, b.id)
        const meeting = await orBefore(() => meetingOf(checkout, a, b), before.between.get(key))
        if (meeting !== null) between.set(key, meeting)
      }
    }
    known.clear()
    for (const branch of branches) known.set(branch.id, branch)
    for (const recall of [bases, reaches, trials]) recall.turn()
    return { changed: new Map(branches.map(({ id, reach }) => [id, reach.paths])), withTarget, between }
  }
}
