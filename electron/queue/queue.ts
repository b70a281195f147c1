/** The landing queue at work: keeps its facts, does the step that `next` names, one at a time. Decides nothing itself. */

import type { Clock } from '../kit/clock.ts'
import { createEmitter } from '../kit/emitter.ts'
import type { Log } from '../kit/log.ts'
import type { Entry } from '../../shared/model/queue.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { Oid } from '../git/names.ts'
import { type Queue, type QueueEntry, type QueueFact } from './facts.ts'
import { readLogTail } from './checks.ts'
import {
  decide,
  entryOf,
  evolve,
  inLandingOrder,
  isInHand,
  next,
  type QueueCommand,
  type QueueRefusal,
  type QueueStep,
} from './machine.ts'
import {
  checkLog,
  clearScratch,
  checkStep,
  followStep,
  hindrance,
  isOnTarget,
  landStep,
  rebaseStep,
  type Landing,
  type StepParts,
} from './steps.ts'
import { entryView, type RunningCheck } from './view.ts'

export type QueueStore = {
  load(): Queue
  keep(facts: readonly QueueFact[], queue: Queue): void
}

export type QueueParts = StepParts & {
  readonly clock: Clock
  readonly log: Log
  readonly store: QueueStore
  /** Session ids in cascade order. */
  cascade(): readonly string[]
  session(id: string): Landing | undefined
  /** Reads the target's head anew. */
  targetHead(): Promise<Oid | null>
  /** Called after the target moved. */
  landed(): void
}

export type LandingQueue = {
  list(): readonly Entry[]
  entry(session: string): Entry | undefined
  /** Takes a user's command; gives the entry after it. */
  ask(command: QueueCommand): Result<Entry | null, QueueRefusal>
  log(session: string): Promise<{ readonly text: string; readonly truncated: boolean }>
  onChange(listener: () => void): () => void
  onOutput(listener: (output: { readonly session: string; readonly text: string }) => void): () => void
  /** Resolves when there is nothing to do. */
  idle(): Promise<void>
  close(): Promise<void>
}

const MAX_LOG_SHOWN = 512 * 1024

export function createQueue(parts: QueueParts): LandingQueue {
  const { clock, log, store } = parts
  let queue = store.load()
  let working: Promise<void> | null = null
  let closing = false
  let running: RunningCheck | null = null
  let cancel = new AbortController()
  const changed = createEmitter<void>()
  const outputs = createEmitter<{ session: string; text: string }>()

  function keep(facts: readonly QueueFact[]): void {
    const at = clock.now().toISOString()
    queue = facts.reduce((before, fact) => evolve(before, fact, at), queue)
    store.keep(facts, queue)
    changed.emit()
  }

  function obey(command: QueueCommand): Result<void, QueueRefusal> {
    const decided = decide(queue, command)
    if (!decided.ok) return decided
    keep(decided.value)
    return ok(undefined)
  }

  const view = (entry: QueueEntry): Entry =>
    entryView(entry, parts.session(entry.session)?.name ?? entry.session, running, queue, parts.cascade())

  async function rebaseEntry(step: Extract<QueueStep, { kind: 'rebase' }>, session: Landing): Promise<void> {
    const hindered = await hindrance(parts, session, step.head)
    if (hindered !== null) return void obey({ kind: 'blocked', session: session.id, ...hindered })
    const target = await parts.targetHead()
    if (target === null) {
      return void obey({
        kind: 'blocked',
        session: session.id,
        why: 'target-moved',
        message: 'The target branch does not exist any more. Create it again or set another target, then try again.',
        files: [],
      })
    }
    if (!obey({ kind: 'rebase-started', session: session.id, target }).ok) return
    const done = await rebaseStep(parts, step.head, target)
    switch (done.kind) {
      case 'rebased':
      case 'up-to-date':
        return void obey({ kind: 'rebased', session: session.id, target, rebased: done.head })
      case 'empty':
        return void obey({
          kind: 'blocked',
          session: session.id,
          why: 'empty',
          message: `Everything in “${session.name}” is on the target already. There is nothing to land.`,
          files: [],
        })
      case 'conflicts': {
        const message = `“${session.name}” conflicts with what landed before it, in ${done.files.length === 1 ? 'one file' : `${done.files.length} files`}. The target is untouched; have the session take up the target's changes, then try again.`
        return void obey({ kind: 'blocked', session: session.id, why: 'conflicts', message, files: done.files })
      }
      case 'failed':
        return void obey({ kind: 'blocked', session: session.id, why: 'conflicts', message: done.message, files: [] })
    }
  }

  async function checkEntry(step: Extract<QueueStep, { kind: 'check' }>, session: Landing): Promise<void> {
    const end = await checkStep(parts, step.rebased, {
      log: checkLog(parts.dataDir, session.id),
      signal: cancel.signal,
      started(check) {
        running = { session: session.id, check }
        changed.emit()
      },
      output: (text) => outputs.emit({ session: session.name, text }),
    }).finally(() => {
      running = null
    })
    if (end.kind === 'cancelled') return
    if (end.kind === 'passed')
      return void obey({ kind: 'checks-passed', session: session.id, target: step.target, rebased: step.rebased })
    const first = end.tail === '' ? '' : ` Its last output:\n${end.tail}`
    const message = `“${end.command}” ${end.how}.${first}`
    obey({ kind: 'blocked', session: session.id, why: end.what, message, files: [] })
  }

  async function landEntry(step: Extract<QueueStep, { kind: 'land' }>, session: Landing): Promise<void> {
    const { advance, left } = await landStep(parts, session, step)
    switch (advance.kind) {
      case 'landed':
        obey({
          kind: 'landed',
          session: session.id,
          before: step.target,
          after: step.rebased,
          ...(left === undefined ? {} : { message: left }),
        })
        return parts.landed()
      case 'moved':
        return void obey({
          kind: 'restart',
          session: session.id,
          message: 'The target moved meanwhile, so it is rebased and checked again.',
        })
      case 'dirty':
        return void obey({
          kind: 'blocked',
          session: session.id,
          why: 'target-dirty',
          message: `The target is checked out in ${advance.path} with uncommitted changes in files that this landing touches. Commit or move them away, then try again.`,
          files: advance.files,
        })
      case 'refused':
        return void obey({ kind: 'blocked', session: session.id, why: 'target-dirty', message: advance.message, files: [] })
    }
  }

  async function perform(step: QueueStep): Promise<void> {
    const session = parts.session(step.session)
    if (session === undefined) return void obey({ kind: 'remove', session: step.session })
    try {
      if (step.kind === 'rebase') await rebaseEntry(step, session)
      else if (step.kind === 'check') await checkEntry(step, session)
      else await landEntry(step, session)
    } catch (error) {
      const id = log.fault(error, { step: step.kind })
      const cause = error instanceof Error ? error.message : String(error)
      obey({
        kind: 'blocked',
        session: session.id,
        why: step.kind === 'land' ? 'target-dirty' : 'setup',
        message: `Something went wrong (${id}): ${cause} The target was not moved. Try again.`,
        files: [],
      })
    }
  }

  async function work(): Promise<void> {
    for (let step = next(queue, parts.cascade()); step !== null && !closing; step = next(queue, parts.cascade())) {
      cancel = new AbortController()
      await perform(step)
    }
  }

  function wake(): void {
    if (working !== null || closing) return
    working = work().finally(() => {
      working = null
      if (next(queue, parts.cascade()) !== null) wake()
    })
  }

  const self: LandingQueue = {
    list: () => inLandingOrder(queue, parts.cascade()).map(view),
    entry(session) {
      const entry = entryOf(queue, session)
      return entry && view(entry)
    },
    ask(command) {
      const before = entryOf(queue, command.session)
      const done = obey(command)
      if (!done.ok) return done
      if (command.kind === 'remove' && before !== undefined && isInHand(before)) cancel.abort()
      wake()
      return ok(self.entry(command.session) ?? null)
    },
    log: (session) => readLogTail(checkLog(parts.dataDir, session), MAX_LOG_SHOWN),
    onChange: (listener) => changed.on(listener),
    onOutput: (listener) => outputs.on(listener),
    async idle() {
      while (working !== null) await working
    },
    async close() {
      closing = true
      cancel.abort()
      await working
    },
  }

  /** Sluice ended in the middle of an entry: a landing that happened is told, anything else starts over. */
  async function recover(): Promise<void> {
    await clearScratch(parts)
    for (const entry of queue.entries.filter(isInHand)) {
      const { session, head, phase } = entry
      const landing = phase.kind === 'landing' ? parts.session(session) : undefined
      if (phase.kind === 'landing' && landing !== undefined && (await isOnTarget(parts, phase.rebased))) {
        const left = await followStep(parts, landing, { head, rebased: phase.rebased })
        obey({
          kind: 'landed',
          session,
          before: phase.target,
          after: phase.rebased,
          ...(left === undefined ? {} : { message: left }),
        })
        parts.landed()
      } else {
        obey({ kind: 'restart', session, message: 'Sluice was stopped in the middle, so it starts over.' })
      }
    }
  }

  working = recover()
    .catch((error: unknown) => void log.fault(error))
    .finally(() => {
      working = null
      wake()
    })
  return self
}
