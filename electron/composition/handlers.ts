/** What answers each call: who is asked, and the sentence when nobody can be. No logic of its own beyond that. */

import type { Handlers } from '../bridge/serve.ts'
import { listChanges, readPatch, type Reviewed } from '../review/diffs.ts'
import { noSession } from '../sessions/sessions.ts'
import type { SessionRecord } from '../sessions/facts.ts'
import type { Store } from '../store/store.ts'
import type { Git } from '../git/run.ts'
import type { Snapshot } from '../../shared/contract.ts'
import type { Config } from '../../shared/model/config.ts'
import type { Entry } from '../../shared/model/queue.ts'
import { isLive, type Session } from '../../shared/model/session.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Hall } from './hall.ts'
import type { Desk } from './desk.ts'

type Ready = { readonly desk: Desk; readonly record: SessionRecord; readonly session: Session }

export function createHandlers(parts: {
  readonly hall: Hall
  readonly git: Git
  readonly store: Store
  snapshot(): Snapshot
}): Handlers {
  const { hall, git, store } = parts

  /** The named session, as git has it now. */
  async function ready(name: string): Promise<Result<Ready, 'no-session'>> {
    const desk = hall.desk()
    const session = await desk?.sessions.fresh(name)
    const record = desk?.sessions.record(name)
    return desk == null || record === undefined || session === undefined ? noSession(name) : ok({ desk, record, session })
  }

  /** The same, and its commit is fit to be approved or landed. */
  async function landable(name: string): Promise<Result<Ready, 'no-session' | 'dirty' | 'empty' | 'worktree-missing'>> {
    const found = await ready(name)
    if (!found.ok) return found
    const { session } = found.value
    if (session.problem !== undefined) return fail('worktree-missing', session.problem)
    if (session.dirty)
      return fail(
        'dirty',
        `“${session.name}” has uncommitted changes. Have the session commit them, or commit or discard them in ${session.worktree}.`,
      )
    if (session.ahead === 0)
      return fail('empty', `“${session.name}” has no commit that the target lacks, so there is nothing to review or land yet.`)
    return found
  }

  async function reviewed(name: string): Promise<Result<Reviewed, 'no-session'>> {
    const [desk, repository] = [hall.desk(), hall.repositories.current()]
    const record = desk?.sessions.record(name)
    if (repository === null || record === undefined) return noSession(name)
    desk?.sessions.poke(record.id)
    return ok({
      worktree: { path: record.worktree, trusted: repository.checkout.trusted },
      branch: record.branch,
      target: await hall.repositories.readTargetHead(),
    })
  }

  function shown(desk: Desk, name: string): Result<Session, 'no-session'> {
    const session = desk.sessions.show(name)
    return session === undefined ? noSession(name) : ok(session)
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

    'session.start': (request) => hall.desk()?.start(request) ?? noRepository(),
    'session.list': () => ok(hall.desk()?.sessions.list() ?? []),
    async 'session.show'({ name }) {
      const found = await ready(name)
      return found.ok ? ok(found.value.session) : found
    },
    'session.send': ({ name, text }) => hall.desk()?.sessions.send(name, text) ?? noSession(name),
    async 'session.approve'({ name, head }) {
      const found = await landable(name)
      if (!found.ok) return found
      const { desk, record, session } = found.value
      if (head !== undefined && head !== session.head) {
        return fail('changed', `“${session.name}” has a new commit since you looked. Look at it, then approve it.`)
      }
      desk.sessions.keep({ kind: 'session-approved', session: record.id, head: session.head })
      return shown(desk, name)
    },
    async 'session.unapprove'({ name }) {
      const found = await ready(name)
      if (!found.ok) return found
      const { desk, record } = found.value
      if (record.approvedHead !== null) desk.sessions.keep({ kind: 'session-unapproved', session: record.id })
      return shown(desk, name)
    },
    'session.stop': ({ name }) => hall.desk()?.sessions.stop(name) ?? noSession(name),
    async 'session.resume'({ name }) {
      const found = await ready(name)
      if (!found.ok) return found
      const { desk, record, session } = found.value
      if (hall.repositories.current()?.checkout.trusted !== true)
        return fail('untrusted', 'This repository is not trusted, so nothing of it may run. Trust it first.')
      if (isLive(session.state)) return fail('already-running', `“${session.name}” is running already.`)
      if (session.problem !== undefined) return fail('worktree-missing', session.problem)
      const room = desk.sessions.roomForOne()
      return room.ok ? desk.sessions.launch(record, true) : room
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
