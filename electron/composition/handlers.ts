/** What answers each call: who is asked, and the sentence when nobody can be. No logic of its own beyond that. */

import type { Handlers } from '../bridge/serve.ts'
import { listChanges, readPatch, type Reviewed } from '../review/diffs.ts'
import { noSession } from '../sessions/sessions.ts'
import type { SessionRecord } from '../sessions/facts.ts'
import type { LiveSession } from '../sessions/live-session.ts'
import type { Store } from '../store/store.ts'
import type { Git } from '../git/run.ts'
import type { Snapshot } from '../../shared/contract.ts'
import type { Config } from '../../shared/model/config.ts'
import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import { fail, ok, type Refused, type Result } from '../../shared/result.ts'
import type { Hall } from './hall.ts'
import type { Desk } from './desk.ts'

type Ready = { readonly desk: Desk; readonly live: LiveSession; readonly record: SessionRecord; readonly session: Session }

export function createHandlers(parts: {
  readonly hall: Hall
  readonly git: Git
  readonly store: Store
  snapshot(): Snapshot
}): Handlers {
  const { hall, git, store } = parts

  function named(name: string): Result<{ desk: Desk; live: LiveSession; record: SessionRecord }, 'no-session'> {
    const desk = hall.desk()
    const record = desk?.sessions.record(name)
    if (desk === null || record === undefined) return noSession(name)
    const live = desk.sessions.named(name)
    return live.ok ? ok({ desk, live: live.value, record }) : live
  }

  /** The named session, as git has it now. */
  async function ready(name: string): Promise<Result<Ready, 'no-session'>> {
    const found = named(name)
    return found.ok ? ok({ ...found.value, session: await found.value.live.fresh() }) : found
  }

  type Unfit = 'no-session' | 'dirty' | 'empty' | 'worktree-missing' | 'no-target'

  /** The same, and its commit is fit to be approved or landed. */
  async function landable(name: string): Promise<Result<Ready, Unfit>> {
    const found = await ready(name)
    if (!found.ok) return found
    const { session } = found.value
    const lost = noTarget()
    if (lost !== null) return lost
    if (session.problem !== undefined) return fail('worktree-missing', session.problem)
    if (session.dirty) {
      const message = `“${session.name}” has uncommitted changes. Have the session commit them, or commit or discard them in ${session.worktree}.`
      return fail('dirty', message)
    }
    if (session.ahead === 0) {
      return fail('empty', `“${session.name}” has no commit that the target lacks, so there is nothing to review or land yet.`)
    }
    return found
  }

  /** The sentence when there is nothing to compare with. */
  function noTarget(): Refused<'no-target'> | null {
    const view = hall.repositories.view()
    return view === null || view.target !== null ? null : fail('no-target', view.problem ?? 'There is no target branch.')
  }

  async function reviewed(name: string): Promise<Result<Reviewed, 'no-session' | 'no-target'>> {
    const found = named(name)
    if (!found.ok) return found
    const { record, live } = found.value
    live.poke()
    const target = await hall.repositories.readTargetHead()
    const trusted = hall.repositories.current()?.checkout.trusted ?? false
    if (target === null) return noTarget() ?? noSession(name)
    return ok({ worktree: { path: record.worktree, trusted }, branch: record.branch, target })
  }

  const noRepository = () => fail('no-repository', 'No repository is open. Open one first.')

  function entryOrThrow(entry: Entry | null): Result<Entry, never> {
    if (entry === null) throw new Error('The queue took an entry and then had none.')
    return ok(entry)
  }

  return {
    hello: () => ok(parts.snapshot()),

    'repository.open': ({ path }) => hall.open(path),
    'repository.trust': () => hall.repositories.trust(),

    'session.start': (request) => hall.desk()?.starter.start(request) ?? noRepository(),
    'session.list': () => ok(hall.desk()?.sessions.list() ?? []),
    async 'session.show'({ name }) {
      const found = await ready(name)
      return found.ok ? ok(found.value.session) : found
    },
    async 'session.send'({ name, text }) {
      const found = named(name)
      return found.ok ? found.value.live.send(text) : found
    },
    async 'session.approve'({ name, head }) {
      const found = await landable(name)
      if (!found.ok) return found
      const { desk, live, record, session } = found.value
      if (head !== undefined && head !== session.head) {
        return fail('changed', `“${session.name}” has a new commit since you looked. Look at it, then approve it.`)
      }
      desk.sessions.keep({ kind: 'session-approved', session: record.id, head: session.head })
      return ok(live.view())
    },
    async 'session.unapprove'({ name }) {
      const found = await ready(name)
      if (!found.ok) return found
      const { desk, live, record } = found.value
      if (record.approvedHead !== null) desk.sessions.keep({ kind: 'session-unapproved', session: record.id })
      return ok(live.view())
    },
    async 'session.stop'({ name }) {
      const found = named(name)
      return found.ok ? ok(await found.value.live.stop()) : found
    },
    async 'session.resume'({ name }) {
      const found = await ready(name)
      if (!found.ok) return found
      const { desk, live, record, session } = found.value
      if (hall.repositories.current()?.checkout.trusted !== true) {
        return fail('untrusted', 'This repository is not trusted, so nothing of it may run. Trust it first.')
      }
      if (!record.prepared || session.state === 'starting')
        return fail('already-running', `“${session.name}” is starting already.`)
      if (session.state === 'unknown') {
        return fail(
          'already-running',
          `“${session.name}” may still run outside of Sluice. Stop it first (“sluice session stop ${session.name}”).`,
        )
      }
      if (session.problem !== undefined && hall.repositories.view()?.target !== null)
        return fail('worktree-missing', session.problem)
      const room = desk.sessions.roomForOne()
      return room.ok ? live.launch(true) : room
    },

    async 'diff.files'({ name, of }) {
      const subject = await reviewed(name)
      return subject.ok ? listChanges(git, subject.value, of) : subject
    },
    async 'diff.patch'({ name, of, paths }) {
      const subject = await reviewed(name)
      return subject.ok ? readPatch(git, subject.value, of, paths) : subject
    },

    async 'queue.add'({ name }) {
      const found = await landable(name)
      if (!found.ok) return found
      const { desk, record, session } = found.value
      const repository = hall.repositories.current()
      if (repository?.checkout.trusted !== true)
        return fail('untrusted', 'This repository is not trusted, so its checks may not run. Trust it first.')
      if (repository.config.requireApproval && !session.approved) {
        return fail('not-approved', `“${session.name}” is not approved as it is now. Review it and approve it first.`)
      }
      const asked = desk.queue.ask({ kind: 'add', session: record.id, head: session.head })
      if (asked.ok) return entryOrThrow(asked.value)
      return fail('already-queued', asked.failure.message)
    },
    async 'queue.remove'({ name }) {
      const found = await ready(name)
      if (!found.ok) return found
      const asked = found.value.desk.queue.ask({ kind: 'remove', session: found.value.record.id })
      if (asked.ok) return ok({})
      return fail(asked.failure.code === 'landing' ? 'landing' : 'not-queued', asked.failure.message)
    },
    async 'queue.retry'({ name }) {
      const found = await landable(name)
      if (!found.ok) return found
      const { desk, record, session } = found.value
      if (hall.repositories.current()?.config.requireApproval === true && !session.approved) {
        return fail('not-approved', `“${session.name}” is not approved as it is now. Review it and approve it first.`)
      }
      const asked = desk.queue.ask({ kind: 'retry', session: record.id, head: session.head })
      if (asked.ok) return entryOrThrow(asked.value)
      return fail(asked.failure.code === 'not-queued' ? 'not-queued' : 'not-blocked', asked.failure.message)
    },
    'queue.list': () => ok(hall.desk()?.queue.list() ?? []),
    async 'queue.log'({ name }) {
      const desk = hall.desk()
      const record = desk?.sessions.record(name)
      if (desk == null || record === undefined) return noSession(name)
      if (desk.queue.entry(record.id) === undefined) return fail('not-queued', `“${record.name}” is not in the queue.`)
      return ok(await desk.queue.log(record.id))
    },

    'config.get': (): Result<Config, 'no-repository'> => {
      const current = hall.repositories.current()
      return current === null ? noRepository() : ok(current.config)
    },
    'config.set': ({ key, value }) => hall.repositories.setConfig(key, value),

    'events.list': ({ since, limit }) => ok(store.events({ since, limit })),
  }
}
