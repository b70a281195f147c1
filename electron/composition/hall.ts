/** Which repository is open, and its desk. At most one at a time; it cannot be left while its sessions run. */

import type { Answer } from '../../shared/contract.ts'
import { isLive } from '../../shared/model/session.ts'
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

export function createHall(repositories: Repositories, openDesk: (repository: OpenRepository) => Desk): Hall {
  let desk: Desk | null = null
  let home = ''
  const desks = createEmitter<{ desk: Desk; before: Desk | null }>()
  // One opening at a time: two windows may ask at once.
  let opening: Promise<unknown> = Promise.resolve()

  async function openNow(path: string): Promise<Answer<'repository.open'>> {
    const running = desk?.sessions.list().filter((session) => isLive(session.state)) ?? []
    const before = repositories.current()
    if (running.length > 0) {
      const names = running.map((session) => `“${session.name}”`).join(', ')
      const same = before !== null && path === before.record.path ? repositories.view() : null
      if (same !== null) return ok(same)
      return fail('sessions-running', `Stop the running sessions of this repository before opening another one: ${names}.`)
    }
    const opened = await repositories.open(path)
    if (!opened.ok) return opened
    if (home !== opened.value.record.id) {
      const left = desk
      await left?.close()
      home = opened.value.record.id
      desk = openDesk(opened.value)
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
      repositories.close()
    },
  }
}
