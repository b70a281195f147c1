/**
 * The landing queue as pure decisions: what may happen (`decide`), what it means (`evolve`), what to do now (`next`).
 * Knows no git, no clock and no process. The rule it keeps: what was tested is exactly what lands.
 */

import type { Why } from '../../shared/model/queue.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Phase, Queue, QueueEntry, QueueFact } from './facts.ts'

/** What a user asks, or what the runner found out by doing the step that `next` named. */
export type QueueCommand =
  | { readonly kind: 'add'; readonly session: string; readonly head: string }
  | { readonly kind: 'remove'; readonly session: string }
  | { readonly kind: 'retry'; readonly session: string; readonly head: string }
  /** The runner found, before it took the entry in hand, that this very commit cannot land now. */
  | {
      readonly kind: 'hindered'
      readonly session: string
      readonly head: string
      readonly why: Why
      readonly message: string
      readonly files: readonly string[]
    }
  | { readonly kind: 'rebase-started'; readonly session: string; readonly branch: string; readonly target: string }
  | { readonly kind: 'rebased'; readonly session: string; readonly target: string; readonly rebased: string }
  | { readonly kind: 'checks-passed'; readonly session: string; readonly target: string; readonly rebased: string }
  | {
      readonly kind: 'landed'
      readonly session: string
      readonly before: string
      readonly after: string
      readonly message?: string
    }
  /** The runner could not finish the entry it has in hand. */
  | {
      readonly kind: 'blocked'
      readonly session: string
      readonly why: Why
      readonly message: string
      readonly files: readonly string[]
    }
  | { readonly kind: 'restart'; readonly session: string; readonly message: string }

export type QueueRefusal = 'not-queued' | 'already-queued' | 'not-blocked' | 'landing' | 'out-of-turn'

/** One effect for the runner. At most one entry is in the runner's hands at any time. */
export type QueueStep =
  | { readonly kind: 'rebase'; readonly session: string; readonly head: string }
  | { readonly kind: 'check'; readonly session: string; readonly target: string; readonly rebased: string }
  | {
      readonly kind: 'land'
      readonly session: string
      readonly head: string
      readonly branch: string
      readonly target: string
      readonly rebased: string
    }

const IN_HAND: ReadonlySet<Phase['kind']> = new Set(['rebasing', 'checking', 'landing'])

/** True while the runner works on the entry. */
export function isInHand(entry: QueueEntry): boolean {
  return IN_HAND.has(entry.phase.kind)
}

/** True while the entry is on its way: waiting or in hand. */
export function isUnderWay(entry: QueueEntry): boolean {
  return entry.phase.kind === 'waiting' || isInHand(entry)
}

/** How the checks of its commit ended; null where they did not yet, or nobody remembers. */
export function checkedAs({ phase }: QueueEntry): 'passed' | 'failed' | null {
  if (phase.kind === 'landing' || phase.kind === 'landed') return 'passed'
  if (phase.kind !== 'blocked') return null
  return phase.why === 'checks' ? 'failed' : phase.why === 'target-dirty' ? 'passed' : null
}

export function entryOf(queue: Queue, session: string): QueueEntry | undefined {
  return queue.entries.find((entry) => entry.session === session)
}

/** Takes the queue and a command; gives the facts that follow, or why not. Out-of-turn reports of the runner are refused, never obeyed. */
export function decide(queue: Queue, command: QueueCommand): Result<readonly QueueFact[], QueueRefusal> {
  const entry = entryOf(queue, command.session)
  if (command.kind === 'add') {
    if (entry !== undefined && isUnderWay(entry)) return fail('already-queued', 'This session is in the queue already.')
    return ok([{ kind: 'entry-added', session: command.session, head: command.head }])
  }
  if (entry === undefined) return fail('not-queued', 'This session is not in the queue.')
  const { session } = command
  const { phase } = entry
  const outOfTurn = fail('out-of-turn', `The entry is ${phase.kind}: a report “${command.kind}” does not fit.`)
  switch (command.kind) {
    case 'remove':
      return phase.kind === 'landing'
        ? fail('landing', 'It is landing this very moment; undo the landing afterwards instead.')
        : ok([{ kind: 'entry-removed', session }])
    case 'retry':
      return phase.kind === 'blocked'
        ? ok([{ kind: 'entry-retried', session, head: command.head }])
        : fail('not-blocked', 'Only a blocked entry can be tried again.')
    case 'rebase-started':
      return phase.kind === 'waiting' && !queue.entries.some(isInHand) ? ok([command]) : outOfTurn
    case 'rebased':
      return phase.kind === 'rebasing' && phase.target === command.target ? ok([command]) : outOfTurn
    case 'checks-passed':
      return phase.kind === 'checking' && phase.target === command.target && phase.rebased === command.rebased
        ? ok([command])
        : outOfTurn
    case 'landed':
      return phase.kind === 'landing' && phase.target === command.before && phase.rebased === command.after
        ? ok([command])
        : outOfTurn
    case 'hindered':
    case 'blocked': {
      const { why, message, files } = command
      const fits = command.kind === 'hindered' ? phase.kind === 'waiting' && entry.head === command.head : isInHand(entry)
      return fits ? ok([{ kind: 'entry-blocked', session, why, message, files }]) : outOfTurn
    }
    case 'restart':
      return isInHand(entry) ? ok([{ kind: 'entry-restarted', session, message: command.message }]) : outOfTurn
  }
}

function phaseAfter(entry: QueueEntry, fact: QueueFact): Phase {
  const branch = 'branch' in entry.phase ? entry.phase.branch : ''
  switch (fact.kind) {
    case 'rebase-started':
      return { kind: 'rebasing', branch: fact.branch, target: fact.target }
    case 'rebased':
      return { kind: 'checking', branch, target: fact.target, rebased: fact.rebased }
    case 'checks-passed':
      return { kind: 'landing', branch, target: fact.target, rebased: fact.rebased }
    case 'landed': {
      const { before, after, message } = fact
      return message === undefined ? { kind: 'landed', before, after } : { kind: 'landed', before, after, message }
    }
    case 'entry-blocked': {
      const { why, message, files } = fact
      const { phase } = entry
      const at = 'rebased' in phase && phase.rebased !== undefined ? { rebased: phase.rebased } : {}
      const on = 'target' in phase && phase.target !== undefined ? { target: phase.target } : {}
      return { kind: 'blocked', why, message, files, ...at, ...on }
    }
    case 'entry-restarted':
      return { kind: 'waiting', message: fact.message }
    default:
      return { kind: 'waiting' }
  }
}

/** Takes a queue and one fact with its time (ISO 8601); gives the queue after it. Facts of unknown entries change nothing. */
export function evolve(queue: Queue, fact: QueueFact, at: string): Queue {
  const others = queue.entries.filter((entry) => entry.session !== fact.session)
  if (fact.kind === 'entry-added') {
    return { entries: [...others, { session: fact.session, head: fact.head, phase: { kind: 'waiting' }, since: at }] }
  }
  if (fact.kind === 'entry-removed') return { entries: others }
  return {
    entries: queue.entries.map((entry) => {
      if (entry.session !== fact.session) return entry
      const head = fact.kind === 'entry-retried' ? fact.head : entry.head
      return { session: entry.session, head, phase: phaseAfter(entry, fact), since: at }
    }),
  }
}

function stepOf({ session, head, phase }: QueueEntry): QueueStep | null {
  switch (phase.kind) {
    case 'waiting':
      return { kind: 'rebase', session, head }
    case 'checking':
      return { kind: 'check', session, target: phase.target, rebased: phase.rebased }
    case 'landing':
      return { kind: 'land', session, head, branch: phase.branch, target: phase.target, rebased: phase.rebased }
    default:
      return null
  }
}

/**
 * Takes the queue and the sessions in cascade order; gives the one step to do now, or null.
 * What is in hand is finished first; then the leftmost waiting session. A blocked entry lets the next one move.
 */
export function next(queue: Queue, cascade: readonly string[]): QueueStep | null {
  const inHand = queue.entries.find(isInHand)
  if (inHand !== undefined) return stepOf(inHand)
  const first = inLandingOrder(queue, cascade).find((entry) => entry.phase.kind === 'waiting')
  return first === undefined ? null : stepOf(first)
}

/** The entries as the user sees them: what is under way in cascade order, then what is blocked, then what landed, newest first. */
export function inLandingOrder(queue: Queue, cascade: readonly string[]): readonly QueueEntry[] {
  const rank = (entry: QueueEntry): number =>
    isInHand(entry) ? 0 : entry.phase.kind === 'waiting' ? 1 : entry.phase.kind === 'blocked' ? 2 : 3
  const place = (entry: QueueEntry): number => {
    const index = cascade.indexOf(entry.session)
    return index < 0 ? cascade.length : index
  }
  return queue.entries.toSorted(
    (a, b) => rank(a) - rank(b) || (rank(a) === 3 ? b.since.localeCompare(a.since) : place(a) - place(b)),
  )
}
