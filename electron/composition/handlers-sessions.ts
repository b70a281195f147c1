/** What answers the calls about sessions. */

import type { Handlers } from '../bridge/serve.ts'
import { noSession } from '../sessions/sessions.ts'
import { fail, ok } from '../../shared/result.ts'
import type { Session } from '../../shared/model/session.ts'
import { noRepository, otherRepository, type Asking, type HandlerParts } from './asking.ts'
import { resume } from './resuming.ts'
import { tell } from './telling.ts'

type SessionCalls = Extract<keyof Handlers, `session.${string}` | `worktree.${string}`>

/** How long an answer is given to show in the state. */
const ANSWERED_MS = 5000

export function sessionHandlers({ hall }: HandlerParts, asking: Asking): Pick<Handlers, SessionCalls> {
  const { named, ready, landable } = asking
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
    'session.send': (told) => tell(hall, asking, told),
    'session.forget-prompt'({ name }) {
      const found = named(name)
      return found.ok ? ok(found.value.live.forgetPrompt()) : found
    },
    async 'session.interrupt'({ name }) {
      const found = named(name)
      return found.ok ? found.value.live.interrupt() : found
    },
    async 'session.answer'({ name, permission, allow }) {
      const found = named(name)
      if (!found.ok) return found
      const { desk, live } = found.value
      const answered = await live.answer(permission, allow)
      if (!answered.ok) return answered
      // Claude Code says a moment later that it goes on; it may ask for the next thing at once.
      const isOver = ({ state, permission: asked }: Session): boolean => state !== 'needs-permission' || asked !== undefined
      return ok(await desk.sessions.until(live, isOver, ANSWERED_MS))
    },
    async 'session.pause'({ name }) {
      const found = named(name)
      if (!found.ok) return found
      const { desk, live, record } = found.value
      if (!record.research) return desk.pauser.pause(live)
      return fail('research', `“${record.name}” is a research session: it has no work to hand off. Stop it instead.`)
    },
    async 'session.fork'({ name, ...request }) {
      const found = named(name)
      return found.ok ? found.value.desk.starter.fork(found.value.record, request) : found
    },
    'session.import': ({ path, name }) => hall.desk()?.worktrees.adopt(path, name) ?? noRepository(),
    async 'session.leavings'({ name }) {
      const found = named(name)
      if (!found.ok) return found
      const { desk, live, record } = found.value
      const left = await desk.archive.leavings(live)
      const shells = (await desk.shells.running(record.id)).map(({ command }) => command)
      return left.ok && shells.length > 0 ? ok({ ...left.value, shells }) : left
    },
    async 'session.archive'({ name }) {
      const found = named(name)
      return found.ok ? found.value.desk.archive.archive(found.value.live) : found
    },
    async 'session.restore'({ name }) {
      const found = named(name)
      return found.ok ? found.value.desk.archive.restore(found.value.live) : found
    },
    async 'session.repair'({ name }) {
      const found = named(name)
      return found.ok ? found.value.desk.worktrees.repair(found.value.live) : found
    },
    async 'session.output'({ name }) {
      const found = named(name)
      return found.ok ? ok({ text: await found.value.desk.output(found.value.live) }) : found
    },
    'worktree.list': async () => {
      const desk = hall.desk()
      return desk === null ? noRepository() : ok(await desk.worktrees.list())
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
      if (!found.ok) return found
      await found.value.desk.setups.stop(found.value.record.id)
      return ok(await found.value.live.stop())
    },
    async 'session.resume'({ name }) {
      const found = await ready(name)
      return found.ok ? resume(hall, found.value) : found
    },
  }
}
