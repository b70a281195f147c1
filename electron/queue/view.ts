/** Puts a queue entry into the words of the public contract. Pure. */

import type { Entry } from '../../shared/model/queue.ts'
import type { Queue, QueueEntry } from './facts.ts'
import { inLandingOrder, isUnderWay } from './machine.ts'

export type RunningCheck = {
  readonly session: string
  readonly check: { readonly name: string; readonly index: number; readonly of: number }
}

/** Takes an entry and what surrounds it; gives what the user sees. `head` is the commit that lands, once it is known. */
export function entryView(
  entry: QueueEntry,
  name: string,
  running: RunningCheck | null,
  queue: Queue,
  cascade: readonly string[],
): Entry {
  const { phase, since } = entry
  const common = { session: name, phase: phase.kind, since }
  const check = running?.session === entry.session ? { check: running.check } : {}
  switch (phase.kind) {
    case 'waiting': {
      const ahead = inLandingOrder(queue, cascade).filter(isUnderWay)
      const place = ahead.findIndex((other) => other.session === entry.session)
      const message =
        phase.message ?? (place > 0 ? `${place} ${place === 1 ? 'session lands' : 'sessions land'} before it.` : undefined)
      return { ...common, head: entry.head, ...(message === undefined ? {} : { message }) }
    }
    case 'rebasing':
      return { ...common, head: entry.head, targetBefore: phase.target }
    case 'checking':
    case 'landing':
      return { ...common, head: phase.rebased, targetBefore: phase.target, ...check }
    case 'landed':
      return {
        ...common,
        head: phase.after,
        targetBefore: phase.before,
        targetAfter: phase.after,
        ...(phase.message === undefined ? {} : { message: phase.message }),
      }
    case 'blocked':
      return {
        ...common,
        why: phase.why,
        message: phase.message,
        files: phase.files,
        head: phase.rebased ?? entry.head,
        ...(phase.target === undefined ? {} : { targetBefore: phase.target }),
      }
  }
}
