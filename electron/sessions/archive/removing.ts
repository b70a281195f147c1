/** Takes a session's worktree away so that nothing of it is lost: what is not committed first goes into a snapshot, which is proved. */

import { dirname } from 'node:path'
import type { FailureCode } from '../../../shared/contract.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { Checkout } from '../../git/checkout.ts'
import { discardWorktree, putBackLeaving, sweepTrash, whyNotDiscarded } from '../../git/discard.ts'
import { dropStaleRegistration } from '../../git/existing-worktree.ts'
import { isSameLook, lookAt, type Look } from '../../git/look.ts'
import { type Oid, parseOid } from '../../git/names.ts'
import { exists } from '../../git/places.ts'
import { branchHead, currentBranch, deleteBranch, isAncestor } from '../../git/refs.ts'
import { keepCommit, keepLook, readSnapshot } from '../../git/snapshot.ts'
import { repositoryAmongIgnored, whatCannotBeHeld } from '../../git/unholdable.ts'
import { listWorktrees, LOCK_REASON, unlockWorktree } from '../../git/worktrees.ts'
import type { SessionRecord } from '../facts.ts'
import type { LiveSession } from '../live-session.ts'
import { sessionEnvironment } from '../worktrees/ports.ts'
import { whereaboutsOf } from '../worktrees/whereabouts.ts'
import type { ArchiveParts } from './archive.ts'
import { tearDown } from './teardown.ts'

type Refusal = Extract<FailureCode<'session.archive'>, 'not-removable' | 'untrusted' | 'git-failed'>
/** `deleted`: true when the folder is gone, which may take a while; false when it could not be deleted yet. */
type Taken = { readonly deleted: Promise<boolean> }

const GONE: Taken = { deleted: Promise.resolve(true) }
/** How often what changes under our eyes is looked at again. */
const TRIES = 3
const CHANGING = 'Its files keep changing. End what writes there, then archive it again.'

/** The place of a session's worktree: nothing outside of the folder above it is ever removed. */
export const placeOfWorktree = ({ worktree }: SessionRecord): { readonly path: string; readonly root: string } => ({
  path: worktree,
  root: dirname(worktree),
})

/** Refs of this session at this moment, in the name of what they keep. */
export function refFor(kind: 'snapshots' | 'archived', record: SessionRecord, at: Date): string {
  return `refs/sluice/${kind}/${record.name}/${at.toISOString().replaceAll(/[-:]|\.\d+/gu, '')}`
}

/** Why its worktree cannot be taken away as it is, in a sentence that says what to do; null when it can. Changes nothing. */
export async function whyNotRemovable(parts: Pick<ArchiveParts, 'git' | 'home'>, record: SessionRecord): Promise<string | null> {
  const { git } = parts
  const { checkout } = parts.home()
  const there: Checkout = { ...checkout, path: record.worktree }
  const where = await whereaboutsOf(checkout, record.worktree, record.branch)
  if (where.kind === 'no-worktree')
    return `The folder ${record.worktree} is no worktree of this repository any more. Move it away, then archive the session again.`
  if (where.kind === 'gone') {
    if (where.movedTo === null) return null
    return `Its worktree was moved to ${where.movedTo}. Let Sluice follow it (“sluice session repair ${record.name}”), then archive it.`
  }
  const refusal = await whyNotDiscarded(git, checkout, placeOfWorktree(record))
  if (refusal !== null) return refusal
  const unholdable = await whatCannotBeHeld(git, there)
  if (unholdable !== null) return unholdable
  const repository = await repositoryAmongIgnored(git, there)
  if (repository !== null) return repository
  return whyOnOtherBranch(parts, record)
}

async function whyOnOtherBranch(
  { git, home }: Pick<ArchiveParts, 'git' | 'home'>,
  record: SessionRecord,
): Promise<string | null> {
  const branch = await currentBranch(git, { ...home().checkout, path: record.worktree })
  if (branch === record.branch) return null
  const now = branch === null ? 'no branch' : `“${branch}”`
  return `Its worktree is on ${now}, not on ${record.branch}. Switch back (“git switch ${record.branch}”), then archive it again.`
}

/** True when everything the branch has is in the target, so that it can go. */
async function isLanded({ git, home }: ArchiveParts, record: SessionRecord, head: Oid): Promise<boolean> {
  const { checkout, target } = home()
  const to = target === null || target.branch === record.branch ? null : await branchHead(git, checkout, target.branch)
  return to !== null && (await isAncestor(git, checkout, { ancestor: head, of: to }))
}

/** Keeps that it is archived: from here on the folder may go. */
async function settled(parts: ArchiveParts, record: SessionRecord, head: Oid, snapshot: Oid | null): Promise<void> {
  const { git, clock, sessions, home } = parts
  const at = clock.now()
  // Whatever becomes of the branch and the target: what it was at can be brought back.
  await keepCommit(git, home().checkout, head, refFor('archived', record, at))
  const branchDeleted = !record.imported && (await isLanded(parts, record, head))
  sessions.keep({ kind: 'session-archived', session: record.id, archivedAt: at.toISOString(), head, snapshot, branchDeleted })
}

/** One that has nothing to be removed: its folder is the user's. */
async function withoutRemoval(parts: ArchiveParts, record: SessionRecord): Promise<void> {
  const { git, clock, sessions, lane } = parts
  const { checkout } = parts.home()
  if (record.imported) {
    await lane.run(checkout.path, async () => {
      const own = (await listWorktrees(git, checkout)).find(({ path }) => path === record.worktree)
      if (own?.locked === LOCK_REASON) await unlockWorktree(git, checkout, record.worktree)
    })
  }
  const head = (record.imported ? await branchHead(git, checkout, record.branch) : null) ?? record.base
  sessions.keep({
    kind: 'session-archived',
    session: record.id,
    archivedAt: clock.now().toISOString(),
    head,
    snapshot: null,
    branchDeleted: false,
  })
}

async function dropBranch({ git, home }: Pick<ArchiveParts, 'git' | 'home'>, { branch, archive }: SessionRecord): Promise<void> {
  const head = archive?.branchDeleted === true ? parseOid(archive.head) : null
  if (head !== null) await deleteBranch(git, home().checkout, branch, head)
}

async function withoutFolder(parts: ArchiveParts, session: LiveSession, record: SessionRecord): Promise<Result<Taken, Refusal>> {
  const { git, lane } = parts
  const { checkout } = parts.home()
  const head = (await branchHead(git, checkout, record.branch)) ?? parseOid(record.base)
  if (head === null) return fail('git-failed', `The branch ${record.branch} of “${record.name}” cannot be read.`)
  await lane.run(checkout.path, async () => {
    await dropStaleRegistration(git, checkout, record.worktree)
    await settled(parts, record, head, null)
    await dropBranch(parts, session.record())
  })
  return ok(GONE)
}

async function withSnapshot(parts: ArchiveParts, session: LiveSession, record: SessionRecord): Promise<Result<Taken, Refusal>> {
  const { git, lane, clock } = parts
  const { checkout } = parts.home()
  for (let tries = 0; tries < TRIES; tries += 1) {
    const first = await lookAt(git, { ...checkout, path: record.worktree })
    if (first.kind === 'refused') return fail('not-removable', first.message)
    const { look } = first
    const kept = look.committed ? null : await keepLook(git, checkout, look, refFor('snapshots', record, clock.now()))
    const back = kept === null ? null : await readSnapshot(git, checkout, kept.oid)
    if (kept !== null && (back === null || !isSameLook(look, back)))
      return fail('git-failed', 'The snapshot could not be read back, so nothing was removed. Try again.')
    let changed = false
    const discarded = await lane.run(checkout.path, async () => {
      const elsewhere = await whyOnOtherBranch(parts, record)
      if (elsewhere !== null) return { kind: 'refused', message: elsewhere } as const
      const done = await discardWorktree(git, checkout, {
        ...placeOfWorktree(record),
        async settle(moved) {
          const second = await lookAt(git, { ...checkout, path: moved })
          changed = second.kind === 'refused' || !isSameLook(look, second.look)
          if (changed) return CHANGING
          await settled(parts, record, look.head, kept?.oid ?? null)
          return null
        },
      })
      if (done.kind === 'discarded') await dropBranch(parts, session.record())
      return done
    })
    if (discarded.kind === 'discarded') return ok(discarded)
    if (session.record().archive !== null) return ok({ deleted: Promise.resolve(false) })
    if (!changed) return fail('not-removable', discarded.message)
  }
  return fail('not-removable', CHANGING)
}

/** Brings an archive that was asked for to the point where nothing of it can be lost any more, and its folder out of the way. */
export async function takeAway(parts: ArchiveParts, session: LiveSession, signal: AbortSignal): Promise<Result<Taken, Refusal>> {
  await session.stop()
  const record = session.record()
  const { checkout, config } = parts.home()
  if (record.research || record.imported) {
    await parts.endShells(record.id)
    await withoutRemoval(parts, record)
    return ok(GONE)
  }
  if (!checkout.trusted)
    return fail(
      'untrusted',
      'This repository is not trusted, so nothing of it may run. Trust it first, then archive the session.',
    )
  await parts.lane.run(checkout.path, () => putBackLeaving(checkout, placeOfWorktree(record)))
  const refusal = await whyNotRemovable(parts, record)
  if (refusal !== null) return fail('not-removable', refusal)
  await parts.endShells(record.id)
  if (!(await exists(record.worktree))) return withoutFolder(parts, session, record)
  if (config.teardown !== null) {
    const env = sessionEnvironment(parts.env, parts.dataDir, record)
    const failure = await tearDown(config.teardown, { cwd: record.worktree, env, signal })
    if (failure !== null) return fail('not-removable', failure)
  }
  return withSnapshot(parts, session, record)
}

/** The worktree as it was archived; null where nothing of it was uncommitted, or the snapshot is gone. */
export async function archivedLook(
  { git, home }: Pick<ArchiveParts, 'git' | 'home'>,
  { archive }: SessionRecord,
): Promise<Look | null> {
  const snapshot = parseOid(archive?.snapshot ?? '')
  return snapshot === null ? null : readSnapshot(git, home().checkout, snapshot)
}

/** Goes on with the removal of an archived session's folder. Gives true when nothing of it is left. */
export async function finishRemoval(parts: ArchiveParts, record: SessionRecord): Promise<boolean> {
  const { git, lane } = parts
  const { checkout } = parts.home()
  const place = placeOfWorktree(record)
  const deleted = await lane.run(checkout.path, async () => {
    await putBackLeaving(checkout, place)
    const registered = (await listWorktrees(git, checkout)).find(({ path }) => path === record.worktree)
    // Killed just after it was unlocked, it is on its branch still; whatever else is there was put there since.
    const ours = registered?.locked === LOCK_REASON || registered?.branch === record.branch
    if (registered !== undefined && (ours || !(await exists(place.path)))) {
      const archived = await archivedLook(parts, record)
      const discarded = await discardWorktree(git, checkout, {
        ...place,
        async settle(moved) {
          if (!(await exists(moved))) return null
          const now = await lookAt(git, { ...checkout, path: moved })
          if (now.kind === 'refused') return now.message
          const same =
            archived === null ? now.look.committed && now.look.head === record.archive?.head : isSameLook(archived, now.look)
          return same ? null : `The worktree ${place.path} changed since it was archived; it was left as it is.`
        },
      })
      if (discarded.kind === 'refused') return null
      await dropBranch(parts, record)
      return { files: discarded.deleted }
    }
    await dropBranch(parts, record)
    return { files: Promise.resolve(true) }
  })
  if (deleted === null) return false
  await deleted.files
  return (await sweepTrash({ root: place.root })) === 0
}
