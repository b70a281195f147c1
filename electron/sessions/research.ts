/** The end of a session without a worktree of its own: it goes to the archive and comes back, and no folder is touched. */

import type { Leavings } from '../../shared/model/archive.ts'
import { isLive, type Session } from '../../shared/model/session.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Clock } from '../kit/clock.ts'
import type { Archive } from './archive/archive.ts'
import type { LiveSession } from './live-session.ts'
import type { Sessions } from './sessions.ts'

/** There is nothing of it that could be lost. */
function leavingsOf(session: LiveSession): Leavings {
  const running = isLive(session.view().state) && session.record().linedUp === null
  return { commits: 0, uncommitted: [], ignored: [], ignoredBytes: 0, ignoredCount: 0, running }
}

/** Takes the archive of worktrees; gives one that a research session, whose folder is the main checkout, never comes to. */
export function sparingResearch(
  archive: Archive,
  {
    sessions,
    clock,
    endShells,
  }: { readonly sessions: Sessions; readonly clock: Clock; readonly endShells: (session: string) => Promise<void> },
): Archive {
  async function close(session: LiveSession): Promise<Session> {
    await session.stop()
    await endShells(session.id)
    const { id: of, base, archive: done } = session.record()
    if (done !== null) return session.view()
    const archivedAt = clock.now().toISOString()
    sessions.keep({ kind: 'session-archived', session: of, archivedAt, head: base, snapshot: null, branchDeleted: false })
    sessions.keep({ kind: 'worktree-removed', session: of })
    return session.view()
  }

  function restore(session: LiveSession): Result<Session, 'not-archived'> {
    const { name, archive: kept } = session.record()
    if (kept === null) return fail('not-archived', `“${name}” is not archived.`)
    sessions.keep({ kind: 'session-restored', session: session.id })
    return ok(session.view())
  }

  return {
    ...archive,
    leavings: async (session) => (session.record().research ? ok(leavingsOf(session)) : archive.leavings(session)),
    archive: async (session) => (session.record().research ? ok(await close(session)) : archive.archive(session)),
    restore: async (session) => (session.record().research ? restore(session) : archive.restore(session)),
  }
}
