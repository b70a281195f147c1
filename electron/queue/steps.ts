/**
 * What the runner does for one entry: rebase, check, land. Each step works in a private worktree of its own,
 * reports what it found, and leaves nothing behind. It decides nothing about the queue.
 */

import { join } from 'node:path'
import { addDetachedWorktree } from '../git/add-worktree.ts'
import type { Checkout } from '../git/checkout.ts'
import { discardWorktree, sweepTrash } from '../git/discard.ts'
import { GitError } from '../git/failure.ts'
import { dropPath, hasFile, touches } from '../git/drop-path.ts'
import { advanceTarget, followLanding, type Advance } from '../git/landing.ts'
import { attempt } from '../git/failure.ts'
import { rebase, type Rebased } from '../git/rebase.ts'
import { type Oid, parseOid, parseRepoPath } from '../git/names.ts'
import { isBelow, realPathOf } from '../git/places.ts'
import { branchHead, isAncestor } from '../git/refs.ts'
import { identityProblem } from '../git/repository.ts'
import type { Git } from '../git/run.ts'
import { status as statusOf } from '../git/status.ts'
import { listWorktrees } from '../git/worktrees.ts'
import type { Lane } from '../kit/lane.ts'
import type { Config } from '../../shared/model/config.ts'
import { HANDOFF_FILE, withoutHandoff } from '../../shared/model/handoff.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { lacksApproval } from '../../shared/model/landing.ts'
import { runChecks, type ChecksEnd, type ChecksPlan } from './checks.ts'
import type { Hindrance } from './verdict.ts'

/** What the queue needs to know of a session. */
export type Landing = {
  readonly id: string
  readonly name: string
  readonly branch: string
  readonly worktree: string
  readonly approvedHead: string | null
}

export type StepParts = {
  readonly git: Git
  readonly lane: Lane
  readonly dataDir: string
  readonly env: Readonly<Record<string, string>>
  /** Copies the files that the user named into a worktree. */
  copyInto(worktree: string, signal: AbortSignal): Promise<Result<unknown>>
  repository(): {
    readonly checkout: Checkout
    readonly config: Config
    readonly target: { readonly branch: string; readonly head: Oid } | null
  }
}

/** The queue keeps object ids as plain text; what it kept was one when it came in. */
function oid(text: string): Oid {
  const parsed = parseOid(text)
  if (parsed === null) throw new Error(`Not an object id in the queue: ${text.slice(0, 80)}`)
  return parsed
}

/** Where private worktrees live: in Sluice's own folder, out of the user's sight. */
function scratchRoot(dataDir: string): string {
  return join(dataDir, 'scratch')
}

export function checkLog(dataDir: string, session: string): string {
  return join(dataDir, 'checks', `${session}.log`)
}

async function inScratch<Value>(parts: StepParts, commit: Oid, work: (scratch: Checkout) => Promise<Value>): Promise<Value> {
  const { checkout } = parts.repository()
  const root = scratchRoot(parts.dataDir)
  const path = join(root, crypto.randomUUID())
  const added = await parts.lane.run(checkout.path, () => addDetachedWorktree(parts.git, checkout, { path, commit }))
  if (!added.ok) throw new GitError('failed', added.failure.message)
  try {
    return await work({ path, trusted: checkout.trusted })
  } finally {
    await parts.lane.run(checkout.path, () => discardWorktree(parts.git, checkout, { path, root, madeByUs: true }))
  }
}

/** Takes away the private worktrees that a stopped Sluice left in this repository. Only its own folder is looked into. */
export async function clearScratch(parts: StepParts): Promise<void> {
  const { checkout } = parts.repository()
  const root = scratchRoot(parts.dataDir)
  const realRoot = await realPathOf(root)
  if (realRoot === null || !checkout.trusted) return
  await parts.lane.run(checkout.path, async () => {
    const left = (await listWorktrees(parts.git, checkout)).filter((worktree) => isBelow(worktree.path, realRoot))
    for (const { path } of left) await discardWorktree(parts.git, checkout, { path, root, madeByUs: true })
    await sweepTrash({ root })
  })
}

/** Why this very commit may not land (any more): asked before the rebase and again right before the target moves. */
async function disapproval(parts: StepParts, session: Landing, head: string): Promise<Hindrance | null> {
  const { checkout, config } = parts.repository()
  const now = await branchHead(parts.git, checkout, session.branch)
  if (now !== head) {
    const message = `“${session.name}” has a new commit since it was queued. Review and approve it, then try again.`
    return { why: 'not-approved', message, files: [] }
  }
  if (lacksApproval(config, session.approvedHead === head)) {
    return {
      why: 'not-approved',
      message: `“${session.name}” is not approved any more. Review and approve it, then try again.`,
      files: [],
    }
  }
  return null
}

/** Why a session cannot land now although it waits; null when it can. Asked anew before each rebase, never remembered. */
export async function hindrance(parts: StepParts, session: Landing, head: string): Promise<Hindrance | null> {
  const disapproved = await disapproval(parts, session, head)
  if (disapproved !== null) return disapproved
  const worktree = { path: session.worktree, trusted: parts.repository().checkout.trusted }
  const changes = withoutHandoff((await statusOf(parts.git, worktree)).changes)
  if (changes.length > 0) {
    const files = changes.map((change) => change.path)
    return { why: 'dirty', message: `“${session.name}” has uncommitted changes. Commit or discard them, then try again.`, files }
  }
  return nameless(parts, session)
}

/** Git does not know whose commits the rebase makes. */
export async function nameless(parts: StepParts, { worktree: path }: Landing): Promise<Hindrance | null> {
  const problem = await identityProblem(parts.git, { path, trusted: parts.repository().checkout.trusted })
  return problem === null ? null : { why: 'setup', message: problem, files: [] }
}

/** The note of a paused session never lands, unless the target has such a file of its own. Null when no commit touches it. */
export async function handoffHindrance(parts: StepParts, name: string, head: string, target: string): Promise<Hindrance | null> {
  const { checkout } = parts.repository()
  const path = parseRepoPath(HANDOFF_FILE)
  if (path === null || !(await touches(parts.git, checkout, { target: oid(target), head: oid(head) }, path))) return null
  if (await hasFile(parts.git, checkout, oid(target), path)) return null
  const message = `A commit of “${name}” has ${HANDOFF_FILE}, which never lands. Drop it from the branch; the file stays in the worktree.`
  return { why: 'handoff', message, files: [HANDOFF_FILE] }
}

export type DropFailure = 'dirty' | 'git-failed' | 'worktree-missing' | 'not-blocked'

/** Takes the note out of the commits that the target lacks; the file stays in the worktree. */
export async function dropHandoff(parts: StepParts, session: Landing, target: Oid): Promise<Result<void, DropFailure>> {
  const { checkout } = parts.repository()
  const worktree = { path: session.worktree, trusted: checkout.trusted }
  const path = parseRepoPath(HANDOFF_FILE)
  const from = await branchHead(parts.git, checkout, session.branch)
  if (path === null || from === null) return fail('git-failed', `The branch ${session.branch} is missing.`)
  const { name, branch } = session
  const dropped = await parts.lane.run(checkout.path, () =>
    attempt(() => dropPath(parts.git, worktree, { session: name, branch, from, target, path })),
  )
  if (!dropped.ok) return dropped
  const { value } = dropped
  if (value.kind === 'dirty') return fail('dirty', value.message)
  if (value.kind === 'nothing') return fail('not-blocked', `No commit of “${name}” has ${HANDOFF_FILE}.`)
  return value.kind === 'refused' ? fail('git-failed', value.message) : ok(undefined)
}

export function rebaseStep(parts: StepParts, head: string, target: string): Promise<Rebased> {
  return inScratch(parts, oid(head), (scratch) => rebase(parts.git, scratch, { branchHead: oid(head), onto: oid(target) }))
}

export function checkStep(
  parts: StepParts,
  rebased: string,
  plan: Pick<ChecksPlan, 'log' | 'signal' | 'started' | 'output'>,
): Promise<ChecksEnd> {
  const { config } = parts.repository()
  const env = { ...parts.env, SLUICE_CHECK: '1' }
  return inScratch(parts, oid(rebased), async (scratch) => {
    const copied = await parts.copyInto(scratch.path, plan.signal)
    if (plan.signal.aborted) return { kind: 'cancelled' }
    if (!copied.ok) return { kind: 'unprepared', message: copied.failure.message }
    return runChecks({
      ...plan,
      cwd: scratch.path,
      env,
      setup: config.setup,
      checks: config.checks,
      timeoutMs: config.checkTimeoutSeconds * 1000,
    })
  })
}

export type Move = { readonly head: string; readonly branch: string; readonly target: string; readonly rebased: string }

/**
 * Moves the target, by compare-and-swap, to the commit that was checked. Nothing else of ours moves the repository meanwhile.
 * `disapproved`: the approval was withdrawn while the checks ran. `moved` also when another target was chosen meanwhile.
 */
export function landStep(
  parts: StepParts,
  session: () => Landing,
  move: Move,
): Promise<Advance | ({ readonly kind: 'disapproved' } & Hindrance)> {
  const { checkout } = parts.repository()
  return parts.lane.run(checkout.path, async () => {
    const { target } = parts.repository()
    if (target === null || target.branch !== move.branch) return { kind: 'moved', head: null }
    const disapproved = await disapproval(parts, session(), move.head)
    if (disapproved !== null) return { kind: 'disapproved', ...disapproved }
    return advanceTarget(parts.git, checkout, { branch: target.branch, from: oid(move.target), to: oid(move.rebased) })
  })
}

/** Moves the session's clean worktree and branch to what landed; gives the sentence why not, if so. Never throws: it has landed. */
export async function followStep(
  parts: StepParts,
  session: Landing,
  move: { readonly head: string; readonly rebased: string },
): Promise<string | undefined> {
  const { checkout } = parts.repository()
  const worktree = { path: session.worktree, trusted: checkout.trusted }
  try {
    const followed = await parts.lane.run(checkout.path, () =>
      followLanding(parts.git, worktree, {
        session: session.name,
        branch: session.branch,
        from: oid(move.head),
        to: oid(move.rebased),
      }),
    )
    return followed.kind === 'followed' ? undefined : followed.message
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return `It landed, but the worktree of “${session.name}” stayed where it was: ${why}`
  }
}

/** True when the branch has this commit. */
export async function isOnTarget(parts: StepParts, branch: string, commit: string): Promise<boolean> {
  const { checkout } = parts.repository()
  const head = await branchHead(parts.git, checkout, branch)
  return head !== null && isAncestor(parts.git, checkout, { ancestor: oid(commit), of: head })
}
