/**
 * What the page knows of the House: one snapshot and the changes after it, folded in order.
 * Pure: asks for a new snapshot by saying so, never by doing it.
 */

import type { Change, Changes, Snapshot } from '../../shared/contract.ts'
import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import { appendLog } from './logs.ts'

export type View = Omit<Snapshot, 'seq'> & {
  /** How often what was said of a session's work became another one while we looked, by its id. */
  readonly reviews: Readonly<Record<string, number>>
  /** Check output that streamed in while we looked, by session name. */
  readonly logs: Readonly<Record<string, string>>
  /** Grows with every snapshot: what was streamed before one may have holes. */
  readonly generation: number
}

export type Projection = {
  /** The number of the last change that `view` contains. */
  readonly seq: number
  readonly view: View | null
  /** A snapshot was asked for and did not come yet. */
  readonly asking: boolean
  /** What came meanwhile; it is folded in after the snapshot. */
  readonly held: readonly Changes[]
}

/** The next projection, and whether the House must be asked for a snapshot now. */
export type Step = { readonly projection: Projection; readonly ask: boolean }

export const NOTHING_YET: Projection = { seq: 0, view: null, asking: false, held: [] }

const byOrder = (a: Session, b: Session): number => a.order - b.order || (a.id < b.id ? -1 : 1)

/** Output of an earlier run says nothing of the new one. */
function logsAfter(logs: View['logs'], before: readonly Entry[], after: readonly Entry[]): View['logs'] {
  const phases = new Map(before.map((entry) => [entry.session, entry.phase]))
  const restarted = new Set(
    after
      .filter((entry) => ['waiting', 'rebasing'].includes(entry.phase) && phases.get(entry.session) !== entry.phase)
      .map((entry) => entry.session),
  )
  if (restarted.size === 0) return logs
  return Object.fromEntries(Object.entries(logs).filter(([name]) => !restarted.has(name)))
}

function applied(view: View, change: Change): View {
  switch (change.kind) {
    case 'repository':
      return { ...view, repository: change.repository, config: change.config }
    case 'config':
      return { ...view, config: change.config }
    case 'settings':
      return { ...view, settings: change.settings }
    case 'overlap':
      return { ...view, overlap: change.overlap }
    case 'machine':
      return { ...view, machine: change.machine }
    case 'shells':
      return { ...view, shells: change.shells }
    case 'session': {
      const others = view.sessions.filter((session) => session.id !== change.session.id)
      return { ...view, sessions: [...others, change.session].sort(byOrder) }
    }
    case 'session-gone':
      return { ...view, sessions: view.sessions.filter((session) => session.id !== change.id) }
    case 'queue':
      return { ...view, queue: change.entries, logs: logsAfter(view.logs, view.queue, change.entries) }
    case 'check-output':
      return {
        ...view,
        logs: { ...view.logs, [change.session]: appendLog(view.logs[change.session] ?? '', change.text) },
      }
    case 'notice':
      return { ...view, notices: [...view.notices.filter((notice) => notice.id !== change.notice.id), change.notice] }
    case 'review':
      return { ...view, reviews: { ...view.reviews, [change.session]: (view.reviews[change.session] ?? 0) + 1 } }
    case 'event':
      return view
  }
}

/** After the carrier opened, also again: whatever we know may be old. */
export function opened(projection: Projection): Step {
  return { projection: { ...projection, asking: true, held: [] }, ask: true }
}

/** After a batch of changes: older ones are dropped, a gap asks for one snapshot. */
export function received(projection: Projection, batch: Changes): Step {
  const { view, seq } = projection
  if (projection.asking || view === null) {
    return {
      projection: { ...projection, asking: true, held: [...projection.held, batch] },
      ask: !projection.asking,
    }
  }
  if (batch.first > seq + 1) return { projection: { ...projection, asking: true, held: [batch] }, ask: true }
  const fresh = batch.changes.slice(seq + 1 - batch.first)
  if (fresh.length === 0) return { projection, ask: false }
  const next = { ...projection, seq: seq + fresh.length, view: fresh.reduce(applied, view) }
  // Another repository has other sessions and another queue: only a snapshot has them all.
  if (next.view.repository?.id !== view.repository?.id) return { projection: { ...next, asking: true, held: [] }, ask: true }
  return { projection: next, ask: false }
}

/** After the snapshot came: it replaces what we knew; what was held is folded in. */
export function answered(projection: Projection, snapshot: Snapshot): Step {
  const { seq, ...rest } = snapshot
  const generation = (projection.view?.generation ?? 0) + 1
  const view: View = { ...rest, sessions: [...rest.sessions].sort(byOrder), logs: {}, reviews: {}, generation }
  const start: Step = { projection: { seq, view, asking: false, held: [] }, ask: false }
  return projection.held.reduce<Step>((step, batch) => {
    const next = received(step.projection, batch)
    return { projection: next.projection, ask: step.ask || next.ask }
  }, start)
}

/** After the House could not be asked: the next opening, or the next change, asks again. */
export function unanswered(projection: Projection): Projection {
  return { ...projection, asking: false, held: [] }
}
