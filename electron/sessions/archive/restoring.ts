/** Brings an archived session's worktree back as it was: its branch at the same commit, its files, what was staged, what was new. */

import type { FailureCode } from '../../../shared/contract.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import { addWorktree } from '../../git/add-worktree.ts'
import type { Checkout } from '../../git/checkout.ts'
import { discardWorktree } from '../../git/discard.ts'
import { remakeWorktree } from '../../git/existing-worktree.ts'
import { clearHalfMade } from '../../git/half-made.ts'
import { isSameLook, lookAt } from '../../git/look.ts'
import { branchRef, type Oid, parseOid } from '../../git/names.ts'
import { exists } from '../../git/places.ts'
import { branchHead, createRef, deleteBranch, resolveCommit } from '../../git/refs.ts'
import { applySnapshot, keepLook } from '../../git/snapshot.ts'
import { branchCheckedOutAt, lockWorktree, unlockWorktree, worktreeAt } from '../../git/worktrees.ts'
import type { SessionRecord } from '../facts.ts'
import type { ArchiveParts } from './archive.ts'
import { archivedLook, placeOfWorktree, refFor } from './removing.ts'

type Code = Extract<FailureCode<'session.restore'>, 'branch-exists' | 'folder-exists' | 'read-only' | 'git-failed'>
type Done = Result<void, Code>

/** Makes branch and worktree at the commit that it was archived at. */
async function makeAgain({ git, home }: ArchiveParts, record: SessionRecord, head: Oid): Promise<Done> {
  const { checkout } = home()
  const { branch } = record
  const at = await branchHead(git, checkout, branch)
  if (at === null) {
    const made = await addWorktree(git, checkout, { branch, from: head, ...placeOfWorktree(record) })
    if (made.ok) return made
    const { code, message } = made.failure
    return fail(code === 'bad-name' ? 'git-failed' : code, message)
  }
  if (at !== head) {
    return fail(
      'branch-exists',
      `The branch ${branch} is at another commit now than when “${record.name}” was archived. Rename that branch (“git branch -m ${branch} ANOTHER”), then restore it.`,
    )
  }
  const used = await branchCheckedOutAt(git, checkout, branch)
  if (used !== null && used !== record.worktree)
    return fail(
      'branch-exists',
      `The branch ${branch} is checked out in ${used}. Switch that one to another branch, then restore “${record.name}”.`,
    )
  return remakeWorktree(git, checkout, { path: record.worktree, branch })
}

/** Takes back what was made a moment ago and nobody worked in; the branch stays where it was there before. */
async function undo({ git, home }: ArchiveParts, record: SessionRecord, head: Oid, hadBranch: boolean): Promise<void> {
  const { checkout } = home()
  if ((await worktreeAt(git, checkout, record.worktree)) !== null) await unlockWorktree(git, checkout, record.worktree)
  const discarded = await discardWorktree(git, checkout, { ...placeOfWorktree(record), madeByUs: true })
  if (discarded.kind === 'discarded') await discarded.deleted
  if (!hadBranch) await deleteBranch(git, checkout, record.branch, head)
}

/** Its worktree as it was archived, or nothing of it. To be called in the repository's lane. */
async function bringBackFolder(parts: ArchiveParts, record: SessionRecord): Promise<Done> {
  const { git, home } = parts
  const { checkout } = home()
  const wanted = record.archive?.head ?? ''
  const head = await resolveCommit(git, checkout, wanted)
  if (head === null)
    return fail(
      'git-failed',
      `The commit ${wanted} that “${record.name}” was at is not in the repository any more, so it cannot be restored.`,
    )
  const snapshot = await archivedLook(parts, record)
  if (snapshot === null && record.archive?.snapshot != null)
    return fail(
      'git-failed',
      `The snapshot of “${record.name}” (${record.archive.snapshot}) is not in the repository any more, so it cannot be restored.`,
    )
  const hadBranch = (await branchHead(git, checkout, record.branch)) !== null
  const made = await makeAgain(parts, record, head)
  if (!made.ok || snapshot === null) return made
  const there: Checkout = { ...checkout, path: record.worktree }
  try {
    await applySnapshot(git, there, snapshot)
    const now = await lookAt(git, there)
    if (now.kind === 'looked' && isSameLook(now.look, snapshot)) return ok(undefined)
    await undo(parts, record, head, hadBranch)
    const why = now.kind === 'refused' ? now.message : 'A filter or setting of the repository may be another one now.'
    return fail('git-failed', `The worktree did not come back as it was, so nothing was changed. ${why}`)
  } catch (error) {
    await undo(parts, record, head, hadBranch)
    throw error
  }
}

/** Restores what an archive took away. */
export async function bringBack(parts: ArchiveParts, record: SessionRecord): Promise<Done> {
  const { git, lane } = parts
  const { checkout } = parts.home()
  if (record.research) return ok(undefined)
  if (record.imported) {
    await lane.run(checkout.path, async () => {
      if ((await worktreeAt(git, checkout, record.worktree)) !== null) await lockWorktree(git, checkout, record.worktree)
    })
    return ok(undefined)
  }
  return lane.run(checkout.path, () => bringBackFolder(parts, record))
}

/** Takes back what a killed restore left half done; whatever is in its folder by then is kept in a snapshot of its own. */
export async function rollBack(parts: ArchiveParts, record: SessionRecord): Promise<Done> {
  const { git, lane, clock } = parts
  const { checkout } = parts.home()
  const { branch, archive } = record
  const from = parseOid(archive?.head ?? '')
  const place = placeOfWorktree(record)
  if (from === null || record.research || record.imported) return ok(undefined)
  return lane.run(checkout.path, async () => {
    const registered = (await worktreeAt(git, checkout, place.path)) !== null
    const hadBranch = (await branchHead(git, checkout, branch)) !== null
    if (!registered && !(await exists(place.path)) && hadBranch === (archive?.branchDeleted === false)) return ok(undefined)
    const cleared = await clearHalfMade(git, checkout, { ...place, branch, from })
    const ref = branchRef(branch)
    // It only takes a branch away that is at the archived commit; one that was to stay comes back at once.
    if (hadBranch && archive?.branchDeleted === false && ref !== null && (await branchHead(git, checkout, branch)) === null)
      await createRef(git, checkout, { ref, to: from })
    if (cleared.kind === 'cleared' || !(await exists(place.path))) return ok(undefined)
    const looked = await lookAt(git, { ...checkout, path: place.path })
    if (looked.kind === 'refused') return fail('git-failed', looked.message)
    if (!looked.look.committed) await keepLook(git, checkout, looked.look, refFor('snapshots', record, clock.now()))
    const discarded = await discardWorktree(git, checkout, {
      ...place,
      async settle(moved) {
        const again = await lookAt(git, { ...checkout, path: moved })
        return again.kind === 'looked' && isSameLook(looked.look, again.look) ? null : `The files in ${place.path} keep changing.`
      },
    })
    return discarded.kind === 'discarded' ? ok(undefined) : fail('git-failed', discarded.message)
  })
}
