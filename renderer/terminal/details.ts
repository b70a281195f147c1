/** What there is to know of a session that is not its state: in a few words for the header, and fact by fact. Pure. */

import type { Session } from '../../shared/model/session.ts'
import { asSeen } from '../state/as-seen.ts'
import { since, waitWords } from '../state/format.ts'
import { modeWords } from '../state/permission-words.ts'

/** A silence of seconds is none. */
const WORTH_SAYING = 60_000

function silence({ state, silentSince }: Session, now: number): number | null {
  const silent = state === 'working' ? since(silentSince, now) : 0
  return silent < WORTH_SAYING ? null : silent
}

/** The few words beside its name: the model, then what is out of the ordinary. */
export function detailWords(session: Session, now: number): string {
  const running = session.background?.length ?? 0
  const silent = silence(session, now)
  return [
    session.model,
    session.research ? 'research' : null,
    running === 0 ? null : `${running} in the background`,
    silent === null ? null : `silent for ${waitWords(silent)}`,
  ]
    .filter((word) => word !== null)
    .join(' · ')
}

export type Detail = {
  readonly label: string
  readonly words: readonly string[]
  /** What can be copied of it. */
  readonly copy?: string
}

/** Every fact, in the order of what is asked for most. */
export function detailsOf(session: Session, forkedFrom: string | null, now: number): readonly Detail[] {
  const { research, port, background = [], handoff, leftovers = [] } = session
  const silent = silence(session, now)
  const all: readonly (Detail | null)[] = [
    background.length === 0
      ? null
      : { label: 'In the background', words: background.map(({ type, description }) => asSeen(`${type}: ${description}`)) },
    silent === null
      ? null
      : {
          label: 'Silent',
          words: [`Nothing was heard of it for ${waitWords(silent)}. A long step is possible; its terminal shows more.`],
        },
    leftovers.length === 0
      ? null
      : { label: 'Still running', words: leftovers.map(({ pid, command }) => `${asSeen(command)} (process ${pid})`) },
    research
      ? { label: 'Research', words: ['It reads the main checkout in plan mode, and is never queued.'] }
      : { label: 'Branch', words: [session.branch], copy: session.branch },
    research ? null : { label: 'Worktree', words: [session.worktree], copy: session.worktree },
    port === undefined ? null : { label: 'Port', words: [`${port} (SLUICE_PORT), and up to ${port + 9}`], copy: String(port) },
    { label: 'Mode', words: [modeWords(session.permissionMode).label] },
    { label: 'Scope', words: session.scope.length === 0 ? ['The whole repository'] : session.scope },
    forkedFrom === null ? null : { label: 'Forked from', words: [forkedFrom] },
    handoff === true ? { label: 'Note', words: ['HANDOFF.md is in its worktree. It never lands.'] } : null,
    { label: 'Context', words: [`${Math.round(session.contextPercent)} % used`] },
  ]
  return all.filter((detail) => detail !== null)
}
