/** What answers the calls about the landing queue. */

import type { Handlers } from '../bridge/serve.ts'
import { noSession } from '../sessions/sessions.ts'
import { HANDOFF_FILE } from '../../shared/model/handoff.ts'
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
    async 'queue.drop-handoff'({ name }) {
      const found = await ready(name)
      if (!found.ok) return found
      const { desk, live, record, session } = found.value
      const entry = desk.queue.entry(record.id)
      if (entry?.phase !== 'blocked' || entry.why !== 'handoff') {
        return fail('not-blocked', `“${session.name}” is not blocked for its ${HANDOFF_FILE}.`)
      }
      const repository = hall.repositories.current()
      if (repository?.checkout.trusted !== true)
        return fail('untrusted', 'This repository is not trusted, so nothing of it may run. Trust it first.')
      const target = await hall.repositories.readTargetHead()
      if (target === null) return fail('no-target', 'There is no target branch. Choose one in the settings.')
      if (session.problem !== undefined) return fail('worktree-missing', session.problem)
      const dropped = await desk.queue.dropHandoff(record, target)
      if (!dropped.ok) return dropped
      return ok(await live.fresh())
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
