/** What answers the calls about the landing queue. */

import type { Handlers } from '../bridge/serve.ts'
import { noSession } from '../sessions/sessions.ts'
import { lacksApproval, UNTRUSTED_CHECKS } from '../../shared/model/landing.ts'
import type { Entry } from '../../shared/model/queue.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Asking, HandlerParts } from './asking.ts'

type QueueCalls = Extract<keyof Handlers, `queue.${string}`>

function entryOrThrow(entry: Entry | null): Result<Entry, never> {
  if (entry === null) throw new Error('The queue took an entry and then had none.')
  return ok(entry)
}

export function queueHandlers({ hall }: HandlerParts, asking: Asking): Pick<Handlers, QueueCalls> {
  const { ready, landable } = asking
  return {
    async 'queue.add'({ name }) {
      const found = await landable(name)
      if (!found.ok) return found
      const { desk, record, session } = found.value
      const repository = hall.repositories.current()
      if (repository?.checkout.trusted !== true) return fail('untrusted', UNTRUSTED_CHECKS)
      if (lacksApproval(repository.config, session.approved)) {
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
      const config = hall.repositories.current()?.config
      if (config !== undefined && lacksApproval(config, session.approved)) {
        return fail('not-approved', `“${session.name}” is not approved as it is now. Review it and approve it first.`)
      }
      const asked = desk.queue.ask({ kind: 'retry', session: record.id, head: session.head })
      if (asked.ok) return entryOrThrow(asked.value)
      return fail(asked.failure.code === 'not-queued' ? 'not-queued' : 'not-blocked', asked.failure.message)
    },
    async 'queue.drop-handoff'({ name }) {
      const found = await ready(name)
      if (!found.ok) return found
      const { desk, live, record, session } = found.value
      const entry = desk.queue.entry(record.id)
      if (session.research) return fail('not-blocked', `“${session.name}” is a research session: it has no commits.`)
      if (entry !== undefined && entry.phase !== 'blocked' && entry.phase !== 'landed') {
        return fail('not-blocked', `“${session.name}” is on its way to land. Remove it from the queue first.`)
      }
      const repository = hall.repositories.current()
      if (repository?.checkout.trusted !== true)
        return fail('untrusted', 'This repository is not trusted, so nothing of it may run. Trust it first.')
      const target = await hall.repositories.readTargetHead()
      if (target === null) return fail('no-target', 'There is no target branch. Choose one in the settings.')
      if (session.problem !== undefined) return fail('worktree-missing', session.problem)
      const dropped = await desk.queue.dropHandoff(record, target)
      // Whom it blocks still is asked for a second click, by which it is gone already.
      const isGone = !dropped.ok && dropped.failure.code === 'not-blocked' && entry?.why === 'handoff'
      return dropped.ok || isGone ? ok(await live.fresh()) : dropped
    },
    'queue.list': () => ok(hall.desk()?.queue.list() ?? []),
    async 'queue.log'({ name }) {
      const desk = hall.desk()
      const record = desk?.sessions.record(name)
      if (desk == null || record === undefined) return noSession(name)
      if (desk.queue.entry(record.id) === undefined) return fail('not-queued', `“${record.name}” is not in the queue.`)
      return ok(await desk.queue.log(record.id))
    },
  }
}
