/** Which repository is open, and its desk. At most one at a time; it cannot be left while its sessions run. */

import type { Answer } from '../../shared/contract.ts'
import { takesRoom, type Session } from '../../shared/model/session.ts'
import { fail, ok } from '../../shared/result.ts'
import type { OpenRepository, Repositories } from '../repository/repositories.ts'
import { createEmitter } from '../kit/emitter.ts'
import type { Desk } from './desk.ts'

export type Hall = {
  readonly repositories: Repositories
  desk(): Desk | null
  open(path: string): Promise<Answer<'repository.open'>>
  /** Another desk is there now. */
  onDesk(listener: (change: { readonly desk: Desk; readonly before: Desk | null }) => void): () => void
  close(): Promise<void>
}

export function createHall(repositories: Repositories, openDesk: (repository: OpenRepository) => Promise<Desk>): Hall {
  let desk: Desk | null = null
  let home = ''
  const desks = createEmitter<{ desk: Desk; before: Desk | null }>()
  // One opening at a time: two windows may ask at once.
  let opening: Promise<unknown> = Promise.resolve()

  /** Why the open repository cannot be left now; null when it can. */
  function tie(): string | null {
    if (desk === null) return null
    if (desk.starter.isBusy()) return 'A session is being started in this repository. Wait a moment, then open the other one.'
    if (desk.queue.isBusy()) return 'A session is being landed in this repository. Wait until it has, then open the other one.'
    const sessions = desk.sessions.list()
    const running = sessions.filter(takesRoom)
    // One that waits for room is kept in its place, and starts when its repository is open again.
    if (running.length === 0) return null
    const names = (some: readonly Session[]): string => some.map((session) => `“${session.name}”`).join(', ')
    const stop = `Stop the running sessions of this repository before opening another one: ${names(running)}.`
    const waiting = sessions.filter(({ place }) => place !== undefined)
    if (waiting.length === 0) return stop
    return `${stop} Stop those that wait for room first, or they start in their place: ${names(waiting)}.`
  }

  /** The same for programs that run in its shells; a shell that waits for a command ties nobody. */
  async function shellTie(): Promise<string | null> {
    const sessions = desk?.sessions.list() ?? []
    const busy = (await desk?.shells.running())?.flatMap(({ shell, command }) => {
      const of = sessions.find(({ id }) => id === shell.session)?.name ?? shell.session
      return command === null ? [] : [`“${command}” in shell ${shell.number} of “${of}”`]
    })
    if (busy === undefined || busy.length === 0) return null
    return `End what runs in the shells of this repository before opening another one: ${busy.join(', ')}.`
  }

  async function openNow(path: string): Promise<Answer<'repository.open'>> {
    const now = repositories.view()
    if (desk !== null && now !== null && now.path === path) return ok(now)
    const tied = tie() ?? (await shellTie())
    if (tied !== null) return fail('sessions-running', tied)
    const opened = await repositories.open(path)
    if (!opened.ok) return opened
    // One whose desk could not be opened, as on a full disk, is opened anew at the next try.
    if (desk === null || home !== opened.value.record.id) {
      const left = desk
      await left?.close()
      home = opened.value.record.id
      desk = null
      desk = await openDesk(opened.value)
      await repositories.letGoOfOthers()
      desks.emit({ desk, before: left })
    }
    const view = repositories.view()
    if (view === null) throw new Error('A repository was opened and is not there.')
    return ok(view)
  }

  return {
    repositories,
    desk: () => desk,
    open(path) {
      const mine = opening.then(() => openNow(path))
      opening = mine.catch(() => undefined)
      return mine
    },
    onDesk: (listener) => desks.on(listener),
    async close() {
      await opening
      await desk?.close()
      await repositories.close()
    },
  }
}
