/** Archiving without losing work, and bringing back. An intent that is kept first and then brought to its end, by this Sluice or the next. */

import { join } from 'node:path'
import type { FailureCode } from '../../../shared/contract.ts'
import type { Leavings } from '../../../shared/model/archive.ts'
import type { Session } from '../../../shared/model/session.ts'
import { isLive } from '../../../shared/model/session.ts'
import { fail, ok, type Refused, type Result } from '../../../shared/result.ts'
import { sweepTrash } from '../../git/discard.ts'
import { attempt, GitError } from '../../git/failure.ts'
import { ignoredIn } from '../../git/leavings.ts'
import { parseOid } from '../../git/names.ts'
import { exists } from '../../git/places.ts'
import { aheadBehind, headOf } from '../../git/refs.ts'
import type { Git } from '../../git/run.ts'
import { status } from '../../git/status.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Lane } from '../../kit/lane.ts'
import type { Log } from '../../kit/log.ts'
import { removeFolder } from '../../kit/remove-folder.ts'
import type { CopyInto } from '../creation.ts'
import type { SessionFact, SessionRecord } from '../facts.ts'
import type { LiveSession } from '../live-session.ts'
import type { Roster } from '../roster.ts'
import { ledgerFolder } from '../run.ts'
import type { Home, Sessions } from '../sessions.ts'
import { finishRemoval, takeAway, whyNotRemovable } from './removing.ts'
import { bringBack, rollBack } from './restoring.ts'

export type ArchiveParts = {
  readonly git: Git
  readonly lane: Lane
  readonly clock: Clock
  readonly log: Log
  readonly roster: Roster
  readonly sessions: Sessions
  readonly dataDir: string
  readonly env: Readonly<Record<string, string>>
  readonly copyInto: CopyInto
  /** Runs the repository's setup command in a session's worktree; what became of it is kept there. */
  readonly setups: { run(session: LiveSession): Promise<unknown> }
  home(): Home
  /** Ends the user's own shells in its worktree. */
  endShells(session: string): Promise<void>
  /** True while the queue has it waiting or in hand. */
  landing(session: string): boolean
}

export type Archive = {
  leavings(session: LiveSession): Promise<Result<Leavings, FailureCode<'session.leavings'>>>
  archive(session: LiveSession): Promise<Result<Session, FailureCode<'session.archive'>>>
  restore(session: LiveSession): Promise<Result<Session, FailureCode<'session.restore'>>>
  /** Brings to its end what an earlier Sluice began. To be called once. */
  recover(): Promise<void>
  close(): Promise<void>
}

const UNTRUSTED = 'This repository is not trusted, so nothing of it may run. Trust it first.'
/** How often a folder that could not be deleted is tried again. */
const RETRY_MS = 3 * 60_000
const SETUP_AHEAD = 'Its worktree is back and not set up again yet. Resume the session to run the setup command there.'

/** The codes of the system that a user can do something about: a full disk, a folder that may not be written. */
const SYSTEM = /^(?:ENOSPC|EDQUOT|EACCES|EPERM|EROFS|EBUSY|EXDEV|EMFILE|ENFILE|EIO|ENOENT|ENOTDIR|ENOTEMPTY|EEXIST)$/u

/** Runs work; what git or the file system refuses is a failure with its sentence. */
async function tried<Value, Code extends string>(
  work: () => Promise<Result<Value, Code>>,
): Promise<Result<Value, Code | 'git-failed'>> {
  const done = await attempt(() =>
    work().catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && SYSTEM.test(String(error.code)) && 'syscall' in error)) throw error
      throw new GitError('failed', `The file system refused it (${error.message}). Put that right, then try again.`)
    }),
  )
  return done.ok ? done.value : fail('git-failed', done.failure.message)
}

type Refusal = Extract<SessionFact, { readonly kind: 'archive-refused' | 'restore-failed' }>

export function createArchive(parts: ArchiveParts): Archive {
  const { git, clock, log, roster, sessions } = parts
  /** What is being archived or restored. */
  const underWay = new Map<string, Promise<unknown>>()
  const deletions = new Set<Promise<unknown>>()
  const unkept = new Map<string, Refusal>()
  const stopped = new AbortController()
  let callOffRetry: (() => void) | null = null

  /** Nobody waits for it: what goes wrong is logged. */
  function follow(work: Promise<unknown>): void {
    const followed = work.catch((error: unknown) => void log.fault(error)).finally(() => deletions.delete(followed))
    deletions.add(followed)
  }

  function claimed<Value>(id: string, work: () => Promise<Value>): Promise<Value> {
    // Claimed before the work begins: it tells others that look whether it may be begun.
    const running = Promise.resolve()
      .then(work)
      .finally(() => underWay.delete(id))
    underWay.set(id, running)
    return running
  }

  function whyBusy(session: LiveSession): Refused<'busy'> | null {
    const { name, prepared, setupFailure, linedUp } = session.record()
    if (underWay.has(session.id)) return fail('busy', `“${name}” is being archived or restored already.`)
    // One whose process is there can be stopped, whatever it waits for at its start.
    const onItsWay = linedUp === null && session.run() === null && session.view().state === 'starting'
    const starting = (!prepared && setupFailure === null) || onItsWay
    return starting ? fail('busy', `“${name}” is still starting. Try again when it has started, or stop it first.`) : null
  }

  const inQueue = (name: string): string =>
    `“${name}” is in the landing queue. Take it out first (“sluice queue remove ${name}”), then archive it.`

  /** The user hears it now in any case; on a disk that is full it is kept later, and until then the wish stands. */
  function tellRefusal(fact: Refusal): void {
    try {
      sessions.keep(fact)
    } catch (error) {
      log.fault(error, { session: fact.session })
      unkept.set(fact.session, fact)
      retryLater()
    }
  }

  function toldRemoved(id: string): void {
    const archive = roster.byId(id)?.archive
    if (archive?.removed === false) sessions.keep({ kind: 'worktree-removed', session: id })
  }

  function retryLater(): void {
    if (callOffRetry !== null || stopped.signal.aborted) return
    callOffRetry = clock.after(RETRY_MS, () => {
      callOffRetry = null
      follow(removeAll())
    })
  }

  async function removeAll(): Promise<void> {
    const refusals = [...unkept.values()].filter(({ session }) => !underWay.has(session))
    unkept.clear()
    for (const fact of refusals) if (roster.byId(fact.session)?.intent != null) tellRefusal(fact)
    for (const record of roster.all()) {
      if (
        stopped.signal.aborted ||
        record.archive === null ||
        record.archive.removed ||
        record.intent !== null ||
        underWay.has(record.id)
      )
        continue
      const removed = await claimed(record.id, () => finishRemoval(parts, record)).catch((error: unknown) => {
        log.fault(error, { session: record.id })
        return false
      })
      if (removed) toldRemoved(record.id)
      else retryLater()
    }
    // Also what belongs to no session any more: a deletion that was cut off after a start was taken back.
    const { checkout, config } = parts.home()
    const root = config.worktrees ?? `${checkout.path}.worktrees`
    if (!stopped.signal.aborted && (await sweepTrash({ root })) > 0) retryLater()
  }

  async function archiveNow(session: LiveSession): Promise<Result<Session, FailureCode<'session.archive'>>> {
    const { id } = session
    const taken = await tried(() => takeAway(parts, session, stopped.signal))
    if (!taken.ok) {
      // While Sluice ends, the intent stays: the next one goes on with it.
      if (!stopped.signal.aborted) tellRefusal({ kind: 'archive-refused', session: id, message: taken.failure.message })
      return taken
    }
    const { deleted } = taken.value
    const at = session.record().archive?.at
    // By the time it is gone it may have been restored, and archived once more.
    follow(deleted.then((gone) => (!gone ? retryLater() : session.record().archive?.at === at ? toldRemoved(id) : undefined)))
    return ok(session.view())
  }

  /** What a setup command made is not in the snapshot: it is made again, in sight of the user. */
  async function prepareAgain(session: LiveSession, record: SessionRecord): Promise<void> {
    if (record.research || record.imported) return
    const { setup } = parts.home().config
    const copied = await parts.copyInto(record.worktree, stopped.signal)
    const message = [...(copied.ok ? [] : [copied.failure.message]), ...(setup === null ? [] : [SETUP_AHEAD])].join(' ')
    if (message === '') return
    sessions.keep({ kind: 'session-setup-failed', session: session.id, message })
    if (copied.ok && setup !== null) follow(parts.setups.run(session))
  }

  async function restoreNow(
    session: LiveSession,
    record: SessionRecord,
  ): Promise<Result<Session, FailureCode<'session.restore'>>> {
    const { id } = session
    const back = await tried(() => bringBack(parts, record))
    if (!back.ok) {
      tellRefusal({ kind: 'restore-failed', session: id, message: back.failure.message })
      return back
    }
    sessions.keep({ kind: 'session-restored', session: id })
    await prepareAgain(session, record)
    // It is back, also where git cannot be asked about it now.
    const seen = await attempt(() => session.fresh())
    return ok(seen.ok ? seen.value : session.view())
  }

  async function goOn(record: SessionRecord): Promise<void> {
    const session = sessions.byId(record.id)
    if (session === undefined) return
    if (record.intent === 'archive') {
      await archiveNow(session)
      return
    }
    const cleared = await tried(() => rollBack(parts, record))
    if (cleared.ok) await restoreNow(session, record)
    else tellRefusal({ kind: 'restore-failed', session: record.id, message: cleared.failure.message })
  }

  async function look(session: LiveSession): Promise<Result<Leavings, FailureCode<'session.leavings'>>> {
    const record = session.record()
    const { checkout, target } = parts.home()
    const running = isLive(session.view().state)
    const nothing = { commits: 0, uncommitted: [], ignored: [], ignoredBytes: 0, ignoredCount: 0, running }
    const refused = parts.landing(record.id) ? inQueue(record.name) : (whyBusy(session)?.failure.message ?? null)
    const said = (refusal: string | null): { refusal?: string } => (refusal === null ? {} : { refusal })
    if (record.archive !== null || record.research) return ok({ ...nothing, ...said(refused) })
    const there = { ...checkout, path: record.worktree }
    if (!(await exists(there.path)))
      return fail('worktree-missing', `The worktree of “${record.name}” is gone: only its commits are left, and they stay.`)
    const head = await headOf(git, there)
    const base = parseOid(target?.head ?? record.base)
    const commits = head === null || base === null ? 0 : (await aheadBehind(git, checkout, head, base)).ahead
    if (record.imported) return ok({ ...nothing, commits, ...said(refused) })
    const { changes } = await status(git, there)
    const ignored = await ignoredIn(git, there, () => clock.elapsed())
    return ok({
      commits,
      uncommitted: changes.map(({ path }) => path),
      ignored: ignored.entries,
      ignoredBytes: ignored.bytes,
      ignoredCount: ignored.files,
      ...(ignored.atLeast ? { ignoredAtLeast: true } : {}),
      running,
      ...said(refused ?? (checkout.trusted ? await whyNotRemovable(parts, record) : UNTRUSTED)),
    })
  }

  // What never came to be leaves nothing to be read in its ledger.
  const unfollow = sessions.onGone((id) =>
    follow(removeFolder({ path: ledgerFolder(parts.dataDir, id), root: join(parts.dataDir, 'sessions') })),
  )

  return {
    leavings: (session) => tried(() => look(session)),
    async archive(session) {
      const { id, name, archive, intent } = session.record()
      if (archive !== null) return ok(session.view())
      if (parts.landing(id)) return fail('in-queue', inQueue(name))
      const busy = whyBusy(session)
      if (busy !== null) return busy
      unkept.delete(id)
      return claimed(id, async () => {
        const asked = await tried(async () => {
          if (intent === null) sessions.keep({ kind: 'archive-asked', session: id })
          return ok(undefined)
        })
        return asked.ok ? await archiveNow(session) : fail('git-failed', asked.failure.message)
      })
    },
    async restore(session) {
      const { id, name, archive, intent } = session.record()
      if (underWay.has(id)) return fail('busy', `“${name}” is being archived or restored already.`)
      if (archive === null) return fail('not-archived', `“${name}” is not archived, so there is nothing to restore.`)
      if (!parts.home().checkout.trusted) return fail('untrusted', UNTRUSTED)
      return claimed(id, async () => {
        const record = session.record()
        // A folder that is still to go must not take the place of the one that comes back.
        if (!archive.removed && (await exists(record.worktree)) && !(await finishRemoval(parts, record)))
          return fail('folder-exists', `Something is at ${record.worktree}. Move it away, then restore “${name}”.`)
        if (intent === null) sessions.keep({ kind: 'restore-asked', session: id })
        return restoreNow(session, record)
      })
    },
    async recover() {
      for (const record of roster.all()) {
        if (stopped.signal.aborted) return
        if (record.intent !== null && !underWay.has(record.id))
          await claimed(record.id, () => goOn(record)).catch((error: unknown) => void log.fault(error, { session: record.id }))
      }
      await removeAll()
    },
    async close() {
      stopped.abort()
      callOffRetry?.()
      unfollow()
      await Promise.allSettled(underWay.values())
      await Promise.allSettled(deletions)
    },
  }
}
