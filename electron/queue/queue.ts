/** The landing queue at work: keeps its facts, does the step that `next` names, one at a time. Decides nothing itself. */

import type { Oid } from '../git/names.ts'
import { GitError } from '../git/failure.ts'
import type { Clock } from '../kit/clock.ts'
import { diskRefusal } from '../kit/disk-refusal.ts'
import { createEmitter } from '../kit/emitter.ts'
import type { Log } from '../kit/log.ts'
import type { Entry } from '../../shared/model/queue.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { Queue, QueueEntry, QueueFact } from './facts.ts'
import { readLogTail } from './checks.ts'
import { createForeteller, type Foreteller } from './foretelling.ts'
import {
  decide,
  entryOf,
  evolve,
  inLandingOrder,
  checkedAs,
  isInHand,
  isUnderWay,
  next,
  type QueueCommand,
  type QueueRefusal,
  type QueueStep,
} from './machine.ts'
import { perform } from './performing.ts'
import { checkLog, clearScratch, dropHandoff, type DropFailure, type Landing, type StepParts } from './steps.ts'
import { entryView, type RunningCheck } from './view.ts'

export type QueueStore = {
  load(): Queue
  /** Keeps the facts and the queue that follows from them, or throws and keeps nothing. */
  keep(facts: readonly QueueFact[], queue: Queue): void
}

export type QueueParts = StepParts & {
  readonly clock: Clock
  readonly log: Log
  readonly store: QueueStore
  /** Session ids in cascade order. */
  cascade(): readonly string[]
  session(id: string): Landing | undefined
  /** Reads from git where the target is now. */
  refreshTarget(): Promise<unknown>
  /** Called after the target moved. */
  landed(): void
}

export type LandingQueue = {
  list(): readonly Entry[]
  entry(session: string): Entry | undefined
  /** True while its entry waits or is in hand. */
  holds(session: string): boolean
  /** Takes a user's command; gives the entry after it. */
  ask(command: QueueCommand): Result<Entry | null, QueueRefusal>
  /** What would keep it from landing before its checks run; lands nothing. */
  readonly foretell: Foreteller
  /** How the checks ended that ran last on this commit of the session; null when none did. */
  lastCheck(session: string, head: string): 'passed' | 'failed' | null
  /** Takes HANDOFF.md out of the session's own commits. */
  dropHandoff(session: Landing, target: Oid): Promise<Result<void, DropFailure>>
  log(session: string): Promise<{ readonly text: string; readonly truncated: boolean }>
  onChange(listener: () => void): () => void
  onOutput(listener: (output: { readonly session: string; readonly text: string }) => void): () => void
  /** True while an entry is in hand. */
  isBusy(): boolean
  /** Cancels a check that runs and resolves when nothing does any more. */
  close(): Promise<void>
}

const MAX_LOG_SHOWN = 512 * 1024
const REST_MS = 5000

export function createQueue(parts: QueueParts): LandingQueue {
  const { clock, log, store } = parts
  let queue = store.load()
  let working: Promise<void> | null = null
  let stopped = false
  let running: RunningCheck | null = null
  let cancel = new AbortController()
  let callOffRest = (): void => undefined
  const changed = createEmitter<void>()
  const outputs = createEmitter<{ session: string; text: string }>()

  function obey(command: QueueCommand): Result<void, QueueRefusal> {
    const decided = decide(queue, command)
    if (!decided.ok) return decided
    const at = clock.now().toISOString()
    const after = decided.value.reduce((before, fact) => evolve(before, fact, at), queue)
    // Kept first: what could not be kept has not happened.
    store.keep(decided.value, after)
    queue = after
    changed.emit()
    return ok(undefined)
  }

  const view = (entry: QueueEntry): Entry =>
    entryView(entry, parts.session(entry.session)?.name ?? entry.session, running, queue, parts.cascade())

  async function performSafely(step: QueueStep, session: Landing): Promise<void> {
    try {
      await parts.refreshTarget()
      await perform(
        {
          ...parts,
          report: (command) => obey(command).ok,
          session: () => parts.session(session.id) ?? session,
          signal: cancel.signal,
          started(check) {
            running = { session: session.id, check }
            changed.emit()
          },
          output: (text) => outputs.emit({ session: parts.session(session.id)?.name ?? session.name, text }),
        },
        step,
      )
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error)
      // What git or the disk refuses is no fault of ours.
      const refusal = error instanceof GitError ? cause : diskRefusal(error)
      const what = refusal ?? `Something went wrong (${log.fault(error, { step: step.kind })}): ${cause}`
      const message = `${what} Nothing landed. Try again.`
      const blocked = { session: session.id, why: 'setup', message, files: [] } as const
      const waiting = entryOf(queue, session.id)
      if (waiting?.phase.kind === 'waiting') obey({ kind: 'hindered', head: waiting.head, ...blocked })
      else obey({ kind: 'blocked', ...blocked })
    } finally {
      running = null
    }
  }

  async function work(): Promise<void> {
    for (let step = next(queue, parts.cascade()); step !== null && !stopped; step = next(queue, parts.cascade())) {
      const before = queue
      cancel = new AbortController()
      const session = parts.session(step.session)
      if (session === undefined) obey({ kind: 'remove', session: step.session })
      else await performSafely(step, session)
      if (queue === before && !stopped) throw new Error(`The queue did not move after “${step.kind}”.`)
    }
  }

  /** A fault that could not even be kept, such as a full disk: the runner rests a while, or until something is asked of the queue. */
  async function workSafely(): Promise<void> {
    try {
      await work()
    } catch (error) {
      log.fault(error)
      callOffRest = clock.after(REST_MS, () => {
        if (working === null && !stopped) working = startOver().then(workSafely)
      })
    }
    working = null
  }

  function wake(): void {
    callOffRest()
    if (working === null && !stopped) working = workSafely()
  }

  /** Whoever is in hand starts over; what cannot be kept now is tried with the next step. */
  async function startOver(message = 'It could not be kept how far it came, so it starts over.'): Promise<void> {
    try {
      for (const { session } of queue.entries.filter((entry) => isInHand(entry) && entry.phase.kind !== 'landing'))
        obey({ kind: 'restart', session, message })
    } catch (error) {
      log.fault(error)
    }
  }

  /** Sluice ended in the middle of an entry: it starts over, unless it was landing; that step sees for itself how far it came. */
  async function recover(): Promise<void> {
    await clearScratch(parts).catch((error: unknown) => log.fault(error))
    await startOver('Sluice was stopped in the middle, so it starts over.')
  }

  const self: LandingQueue = {
    list: () => inLandingOrder(queue, parts.cascade()).map(view),
    entry(session) {
      const entry = entryOf(queue, session)
      return entry && view(entry)
    },
    holds(session) {
      const entry = entryOf(queue, session)
      return entry !== undefined && isUnderWay(entry)
    },
    ask(command) {
      const before = entryOf(queue, command.session)
      const done = obey(command)
      if (!done.ok) return done
      if (command.kind === 'remove' && before !== undefined && isInHand(before)) cancel.abort()
      wake()
      return ok(self.entry(command.session) ?? null)
    },
    foretell: createForeteller(parts),
    lastCheck(session, head) {
      const entry = entryOf(queue, session)
      return entry?.head === head ? checkedAs(entry) : null
    },
    dropHandoff: (session, target) => dropHandoff(parts, session, target),
    log: (session) => readLogTail(checkLog(parts.dataDir, session), MAX_LOG_SHOWN),
    onChange: (listener) => changed.on(listener),
    onOutput: (listener) => outputs.on(listener),
    isBusy: () => queue.entries.some(isInHand),
    async close() {
      stopped = true
      callOffRest()
      cancel.abort()
      await working
    },
  }

  working = recover()
    .catch((error: unknown) => void log.fault(error))
    .then(workSafely)
  return self
}
