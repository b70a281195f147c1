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
}

/** What is known before git was asked for the first time. */
export function workBefore(record: SessionRecord): Work {
  return { head: record.base, ahead: 0, behind: 0, dirty: false, files: 0, insertions: 0, deletions: 0 }
}

export function branchOf(name: string): string {
  return `${BRANCH_PREFIX}${name}`
}

/** Takes the parts and the time since which the state holds (ISO 8601); gives the public session. */
export function sessionView(record: SessionRecord, answer: StateAnswer, since: string, work: Work): Session {
  const waiting = waitsForUser(answer)
  const { problem, ...numbers } = work
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
    ...(problem === undefined ? {} : { problem }),
  }
}
