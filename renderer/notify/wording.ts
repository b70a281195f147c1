/** News as a notification says it: a title, a line under it, and whether the user wants it at all. Pure. */

import type { Session, SessionState } from '../../shared/model/session.ts'
import type { Settings } from '../../shared/model/settings.ts'
import { money, timeOfDay } from '../state/format.ts'
import type { News } from './news.ts'

const STATE: Partial<Readonly<Record<SessionState, string>>> = {
  'needs-permission': 'needs your permission',
  asks: 'asks a question',
  idle: 'has finished and waits for you',
  limited: 'has reached a limit',
  crashed: 'has crashed',
  starting: 'needs an answer before it starts',
}

const BLOCKED: Readonly<Record<string, string>> = {
  conflicts: 'has a conflict and cannot land',
  checks: 'failed its checks and did not land',
  handoff: 'has HANDOFF.md in its commits and did not land',
}

function stateWords({ state, permission, setupFailure }: Session): string {
  if (state === 'needs-permission' && permission !== undefined) return `asks to use ${permission.tool}`
  if (state === 'crashed' && setupFailure !== undefined) return 'could not be set up'
  return STATE[state] ?? 'waits for you'
}

/** What it wants, in a line. Never what a tool is to be used for: notifications show on locked screens and are kept by the system. */
function aboutOf({ state, questions, limitedUntil, waitingFor }: Session): string | undefined {
  if (state === 'needs-permission') return undefined
  if (state === 'asks') return questions?.[0]?.question ?? waitingFor
  if (state === 'limited' && limitedUntil !== undefined) return `Until ${timeOfDay(limitedUntil)}`
  return waitingFor
}

export type Words = { readonly title: string; readonly body: string }

/** Takes news and the name of its repository; gives what the notification says. */
export function wordsOf(news: News, repository: string): Words {
  switch (news.kind) {
    case 'needs-you': {
      const { session } = news
      const title = `“${session.name}” ${stateWords(session)}`
      const about = aboutOf(session)
      return { title, body: about === undefined ? repository : `${about} · ${repository}` }
    }
    case 'budget':
      return {
        title: `“${news.session.name}” has passed its budget`,
        body: `It has spent ${money(news.session.spentUsd)} of ${money(news.budgetUsd)} · ${repository}`,
      }
    case 'blocked':
      return {
        title: `“${news.entry.session}” ${BLOCKED[news.entry.why ?? ''] ?? 'is blocked and did not land'}`,
        body: news.entry.message ?? repository,
      }
    case 'landed':
      return { title: `“${news.entry.session}” has landed`, body: repository }
  }
}

const SETTING = {
  'needs-you': 'notifyNeedsYou',
  budget: 'notifyNeedsYou',
  blocked: 'notifyBlocked',
  landed: 'notifyLanded',
} as const satisfies Readonly<Record<News['kind'], keyof Settings>>

/** True when the user wants to hear this kind of news now. */
export function isWanted(news: News, settings: Settings): boolean {
  return !settings.doNotDisturb && settings[SETTING[news.kind]]
}

/** One for each session, so that a second window replaces the first one's notification and a newer one the older. */
export function tagOf(news: News, repository: string): string {
  const of = news.kind === 'blocked' || news.kind === 'landed' ? news.entry.session : news.session.name
  return `sluice ${repository} ${of}`
}

/** The title of the window: how many wait, which repository. */
export function titleOf(waiting: number, repository: string | null): string {
  const name = repository === null ? 'Sluice' : `${repository} – Sluice`
  return waiting === 0 ? name : `(${waiting}) ${name}`
}
