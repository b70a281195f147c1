/** What answers the calls about shells. */

import type { Handlers } from '../bridge/serve.ts'
import type { SessionRecord } from '../sessions/facts.ts'
import type { Home } from '../shells/shells.ts'
import type { Desk } from './desk.ts'
import { fail, type Refused } from '../../shared/result.ts'
import type { Asking, HandlerParts } from './asking.ts'

type ShellCalls = Extract<keyof Handlers, `shell.${string}`>

const closed = (): Refused<'no-shell'> => fail('no-shell', 'This shell was closed already.')

export function shellHandlers({ hall }: HandlerParts, { named }: Asking): Pick<Handlers, ShellCalls> {
  const homeOf = (desk: Desk, { id, name, worktree, ...record }: SessionRecord): Home => ({
    session: id,
    name,
    cwd: worktree,
    env: desk.environment({ name, ...record }),
  })
  return {
    async 'shell.open'({ name }) {
      const found = named(name)
      if (!found.ok) return found
      const { desk, record } = found.value
      if (record.intent !== null)
        return fail('archived', `“${record.name}” is being archived or restored. Try again when that is done.`)
      if (record.archive !== null)
        return fail('archived', `“${record.name}” is archived. Restore it first, then open a shell in its worktree.`)
      return desk.shells.open(homeOf(desk, record))
    },
    async 'shell.restart'({ shell }) {
      const desk = hall.desk()
      const one = desk?.shells.list().find(({ id }) => id === shell)
      const record = one === undefined ? undefined : desk?.sessions.record(one.session)
      return desk === null || record === undefined ? closed() : desk.shells.restart(shell, homeOf(desk, record))
    },
    async 'shell.close'({ shell, idle = false }) {
      return (await hall.desk()?.shells.close(shell, idle)) ?? closed()
    },
  }
}
