/** Finds what a call is about, and has the sentence when it cannot be found or is not fit. Shared by the handlers. */

import { parseOid } from '../git/names.ts'
import type { Git } from '../git/run.ts'
import { createLoads } from '../review/cache.ts'
import type { ReviewRecord } from '../review/record.ts'
import type { Reviewed } from '../review/reviewed.ts'
import type { SessionRecord } from '../sessions/facts.ts'
import type { LiveSession } from '../sessions/live-session.ts'
import { noSession } from '../sessions/sessions.ts'
import type { UserSettings } from '../settings/settings.ts'
import type { Store } from '../store/store.ts'
import { unfit, type Candidate } from '../../shared/model/landing.ts'
import type { Session } from '../../shared/model/session.ts'
import { fail, ok, type Refused, type Result } from '../../shared/result.ts'
import type { Desk } from './desk.ts'
import type { Hall } from './hall.ts'
import { createOnShow } from './on-show.ts'

/** What every handler may need. */
export type HandlerParts = { readonly hall: Hall; readonly git: Git; readonly store: Store; readonly settings: UserSettings }

export type Named = { readonly desk: Desk; readonly live: LiveSession; readonly record: SessionRecord }
export type Ready = Named & { readonly session: Session }
export type Unfit = 'no-session' | 'research' | 'dirty' | 'empty' | 'worktree-missing' | 'no-target'

export type Asking = {
  named(name: string): Result<Named, 'no-session'>
  /** The named session, as git has it now. */
  ready(name: string): Promise<Result<Ready, 'no-session'>>
  /** The same, and its commit is fit to be approved or landed. */
  landable(name: string): Promise<Result<Ready, Unfit>>
  /** What a diff of the named session is made of. */
  reviewed(name: string): Promise<Result<Reviewed, 'no-session' | 'research' | 'no-target'>>
}

/** The answer to whoever wants work of a session that only reads. */
export function onlyReads(name: string): Refused<'research'> {
  return fail(
    'research',
    `“${name}” is a research session: it only reads the main checkout, so it has no work to review or land.`,
  )
}

function lookedAt({ looked }: ReviewRecord): Reviewed['looked'] {
  const [head, base] = [parseOid(looked?.head ?? ''), parseOid(looked?.base ?? '')]
  return head === null || base === null ? null : { head, base }
}

/** What is asked of a session before its work may land. */
export function candidateOf({ session, record }: Ready): Candidate {
  return { ...session, archived: session.archive !== undefined, moving: record.intent !== null }
}

/** The answer to whoever needs a repository when none is open. */
export function noRepository(): Refused<'no-repository'> {
  return fail('no-repository', 'No repository is open. Open one first.')
}

/** Why nothing is done for whoever decided about that repository: another one is open by now. Null when it is the one, or none was named. */
export function otherRepository(hall: Hall, meant: string | undefined): Refused<'changed'> | null {
  const now = hall.repositories.view()
  if (meant === undefined || now === null || now.id === meant) return null
  return fail('changed', `Another repository is open now: ${now.name}. Nothing was done.`)
}

export function createAsking(hall: Hall): Asking {
  const loads = createLoads()
  const show = createOnShow()

  function named(name: string): Result<Named, 'no-session'> {
    const desk = hall.desk()
    const record = desk?.sessions.record(name)
    if (desk === null || record === undefined) return noSession(name)
    const live = desk.sessions.named(name)
    return live.ok ? ok({ desk, live: live.value, record }) : live
  }

  async function ready(name: string): Promise<Result<Ready, 'no-session'>> {
    const found = named(name)
    return found.ok ? ok({ ...found.value, session: await found.value.live.fresh() }) : found
  }

  async function landable(name: string): Promise<Result<Ready, Unfit>> {
    const found = await ready(name)
    if (!found.ok) return found
    const { session } = found.value
    if (session.research) return onlyReads(session.name)
    const lost = noTarget()
    if (lost !== null) return lost
    const [wrong] = unfit(candidateOf(found.value))
    if (wrong !== undefined) return fail(wrong.code, wrong.message)
    return found
  }

  /** The sentence when there is nothing to compare with. */
  function noTarget(): Refused<'no-target'> | null {
    const view = hall.repositories.view()
    return view === null || view.target !== null ? null : fail('no-target', view.problem ?? 'There is no target branch.')
  }

  async function reviewed(name: string): Promise<Result<Reviewed, 'no-session' | 'research' | 'no-target'>> {
    const found = named(name)
    if (!found.ok) return found
    const { record, live } = found.value
    if (record.research) return onlyReads(record.name)
    show(live)
    // Where every change is noticed, being asked is no reason to look.
    if (live.files.version() === null) live.poke()
    const target = await hall.repositories.readTargetHead()
    const trusted = hall.repositories.current()?.checkout.trusted ?? false
    if (target === null) return noTarget() ?? noSession(name)
    return ok({
      name: record.name,
      worktree: { path: record.worktree, trusted },
      branch: record.branch,
      target,
      scope: record.scope,
      looked: lookedAt(found.value.desk.reviews.of(record.id)),
      marks: found.value.desk.reviews.of(record.id).marks,
      other(id) {
        const other = found.value.desk.sessions.list().find((session) => session.id === id && !session.research)
        return other === undefined ? null : { name: other.name, branch: other.branch }
      },
      version: () => live.files.version(),
      trouble: () => live.files.trouble(),
      loads,
    })
  }

  return { named, ready, landable, reviewed }
}
