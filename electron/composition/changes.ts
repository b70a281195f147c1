/** Everything that changes in the House, as changes of the contract. */

import type { Config } from '../../shared/model/config.ts'
import type { Notice } from '../../shared/contract.ts'
import type { Feed } from '../bridge/feed.ts'
import type { Emitter } from '../kit/emitter.ts'
import type { Store } from '../store/store.ts'
import type { Desk } from './desk.ts'
import type { Hall } from './hall.ts'

/** Follows the parts and tells the feed. Gives the notices so far, which a snapshot needs. */
export function tellChanges(parts: {
  readonly feed: Feed
  readonly store: Store
  readonly hall: Hall
  readonly config: () => Config
  /** What the user should know of, as a sentence. */
  readonly warnings: Pick<Emitter<string>, 'on'>
  readonly notices: readonly string[]
}): () => readonly Notice[] {
  const { feed, store, hall, config } = parts
  const notices: Notice[] = parts.notices.map((message) => ({ id: crypto.randomUUID(), message }))

  store.onEvent((event) => feed.push({ kind: 'event', event }))
  function note(message: string): void {
    if (notices.some((notice) => notice.message === message)) return
    const notice = { id: crypto.randomUUID(), message }
    notices.push(notice)
    feed.push({ kind: 'notice', notice })
  }
  store.onNotice(note)
  parts.warnings.on(note)
  hall.repositories.onChange(() => {
    feed.push({ kind: 'repository', repository: hall.repositories.view(), config: config() })
    hall.desk()?.sessions.poke()
  })

  function follow(desk: Desk, before: Desk | null): void {
    for (const session of before?.sessions.list() ?? []) feed.push({ kind: 'session-gone', id: session.id })
    const queue = (): void => feed.push({ kind: 'queue', entries: desk.queue.list() })
    desk.sessions.onChange((session) => feed.push({ kind: 'session', session }))
    desk.sessions.onGone((id) => feed.push({ kind: 'session-gone', id }))
    // Its entries carry names, and wait in the order of the cascade.
    desk.sessions.onArranged(queue)
    desk.queue.onChange(queue)
    desk.radar.onChange((overlap) => feed.push({ kind: 'overlap', overlap }))
    desk.reviews.onChange((session) => feed.push({ kind: 'review', session }))
    desk.shells.onChange((shells) => feed.push({ kind: 'shells', shells }))
    desk.queue.onOutput(({ session, text }) => feed.push({ kind: 'check-output', session, text }))
    for (const session of desk.sessions.list()) feed.push({ kind: 'session', session })
    queue()
    feed.push({ kind: 'overlap', overlap: desk.radar.view() })
    feed.push({ kind: 'shells', shells: desk.shells.list() })
  }
  hall.onDesk(({ desk, before }) => follow(desk, before))
  return () => notices
}
