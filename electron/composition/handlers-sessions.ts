/** What answers the calls about sessions and their diffs. */

import type { Handlers } from '../bridge/serve.ts'
import { listChanges, readPatch } from '../review/diffs.ts'
import { noSession } from '../sessions/sessions.ts'
import { fail, ok } from '../../shared/result.ts'
import { noRepository, otherRepository, type Asking, type HandlerParts } from './asking.ts'

type SessionCalls = Extract<keyof Handlers, `session.${string}` | `diff.${string}`>

export function sessionHandlers({ hall, git }: HandlerParts, asking: Asking): Pick<Handlers, SessionCalls> {
  const { named, ready, landable, reviewed } = asking
  return {
    'session.start'(request) {
      const other = otherRepository(hall, request.repository)
      if (other !== null) return other
      const desk = hall.desk()
      if (desk === null) return noRepository()
      // A repository shows before its desk is there; the one that still is belongs to the one before.
      if (request.repository !== undefined && desk.repository !== request.repository) {
        return fail('changed', 'The repository is still being opened. Nothing was started; try again in a moment.')
      }
      return desk.starter.start(request)
    },
    'session.list': () => ok(hall.desk()?.sessions.list() ?? []),
    async 'session.show'({ name }) {
      const found = await ready(name)
      return found.ok ? ok(found.value.session) : found
    },
    async 'session.send'({ name, text }) {
      const found = named(name)
      return found.ok ? found.value.live.send(text) : found
    },
    'session.move': ({ name, to }) => hall.desk()?.sessions.move(name, to) ?? noSession(name),
    'session.rename': ({ name, to }) => hall.desk()?.sessions.rename(name, to) ?? noSession(name),
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
  }
}
