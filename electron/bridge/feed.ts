/** Numbers changes and hands them to every peer, one batch a tick. A newer change of the same thing replaces the older one. */

import type { Change, Changes } from '../../shared/contract.ts'

export type Feed = {
  push(change: Change): void
  /** Sends what is pending now; gives the number of the last change sent. A snapshot taken right after it contains them all. */
  flush(): number
  listen(listener: (batch: Changes) => void): () => void
}

/** What a change replaces when it is pushed again within the tick; null: every one counts. */
function subjectOf(change: Change): string | null {
  switch (change.kind) {
    case 'session':
      return `session ${change.session.id}`
    case 'repository':
    case 'queue':
    case 'config':
    case 'settings':
    case 'overlap':
      return change.kind
    default:
      return null
  }
}

export function createFeed(schedule: (work: () => void) => void = setImmediate): Feed {
  const listeners = new Set<(batch: Changes) => void>()
  let pending: Change[] = []
  let scheduled = false
  let last = 0

  function flush(): number {
    if (pending.length === 0) return last
    const batch: Changes = { first: last + 1, changes: pending }
    last += pending.length
    pending = []
    for (const listener of listeners) listener(batch)
    return last
  }

  return {
    push(change) {
      const subject = subjectOf(change)
      if (subject !== null) pending = pending.filter((other) => subjectOf(other) !== subject)
      pending.push(change)
      if (scheduled) return
      scheduled = true
      schedule(() => {
        scheduled = false
        flush()
      })
    },
    flush,
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
