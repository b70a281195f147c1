/** Puts together what the user sees of a session: its record, its process and its worktree. Pure. */

import { BRANCH_PREFIX } from '../../shared/model/names.ts'
import { waitsForUser, type Session } from '../../shared/model/session.ts'
import type { SessionRecord } from './facts.ts'
import type { StateAnswer } from './state.ts'

/** What git says of a session's worktree, last time it was asked. */
export type Work = {
  readonly head: string
  readonly ahead: number
  readonly behind: number
  readonly dirty: boolean
  readonly files: number
  readonly insertions: number
  readonly deletions: number
  readonly problem?: string
  readonly repair?: 'recreate' | 'adopt'
  readonly handoff?: boolean
  /** Another number after each change of its files, while they are on show. */
  readonly edits?: number
  readonly unfilled?: string
}

/** What is known before git was asked for the first time. */
export function workBefore(record: SessionRecord): Work {
  return { head: record.base, ahead: 0, behind: 0, dirty: false, files: 0, insertions: 0, deletions: 0 }
}

export function branchOf(name: string): string {
  return `${BRANCH_PREFIX}${name}`
}

/** What is known of a session only while Sluice runs. */
export type Moment = Pick<
  Session,
  'permission' | 'questions' | 'unsent' | 'leftovers' | 'settingUp' | 'background' | 'hooksOff' | 'limitedUntil' | 'silentSince'
> & { readonly place: number | null }

/** Without the properties that say nothing. */
function said<T extends object>(of: T): { [K in keyof T]?: Exclude<T[K], undefined | null | false> } {
  const entries = Object.entries(of).filter(([, value]) => {
    return value !== undefined && value !== null && value !== false && !(Array.isArray(value) && value.length === 0)
  })
  // The filter is what the type says.
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined | null | false> }
}

/** Takes the parts and the time since which the state holds (ISO 8601); gives the public session. */
export function sessionView(record: SessionRecord, answer: StateAnswer, since: string, work: Work, moment: Moment): Session {
  const left = answer.state === 'exited' && !record.research && (work.ahead > 0 || work.dirty)
  const waiting = waitsForUser(answer) || left
  const { archive, intent } = record
  const { problem, repair, handoff, unfilled, ...numbers } = work
  // One that is archived has no worktree to be missed, nor has one that is about to be.
  const wrong = archive === null && intent === null ? { problem, repair, unfilled } : {}
  return {
    id: record.id,
    name: record.name,
    branch: record.branch,
    worktree: record.worktree,
    order: record.order,
    state: answer.state,
    ...(answer.waitingFor === undefined ? {} : { waitingFor: answer.waitingFor }),
    ...(waiting ? { waitingSince: since } : {}),
    approved: record.approvedHead !== null && record.approvedHead === work.head,
    ...numbers,
    ...(archive === null ? {} : { head: archive.head, dirty: false }),
    model: record.model ?? 'default',
    permissionMode: record.permissionMode,
    scope: record.scope,
    spentUsd: Math.round(record.spentUsd * 1e6) / 1e6,
    contextPercent: record.contextPercent,
    ...(record.pid === null ? {} : { pid: record.pid }),
    ...(record.claudeSession === null ? {} : { claudeSession: record.claudeSession }),
    prompt: record.prompt,
    startedAt: record.startedAt,
    ...(record.exit === null ? {} : { exit: { code: record.exit.code, signal: record.exit.signal } }),
    research: record.research,
    ...said({
      ...moment,
      ...wrong,
      handoff,
      forkedFrom: record.forkedFrom,
      budgetUsd: record.budgetUsd,
      port: record.port,
      setupFailure: record.setupFailure,
      cutOff: record.cutOff,
    }),
    ...(archive === null
      ? {}
      : {
          archive: {
            at: archive.at,
            removed: archive.removed,
            ...(archive.snapshot === null ? {} : { snapshot: archive.snapshot }),
          },
        }),
  }
}
