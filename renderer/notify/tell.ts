/** Shows news outside the page: a notification, the window's title, the number on the app's icon. */

import type { Entry } from '../../shared/model/queue.ts'
import type { Session } from '../../shared/model/session.ts'
import { desktop } from '../state/desktop.ts'
import { arrange, shown, type Pane } from '../state/panes.ts'
import type { View } from '../state/projection.ts'
import { entryOf } from '../state/standing.ts'
import { select, useHouse } from '../state/store.ts'
import { paneFor, sweep } from '../state/sweep.ts'
import type { News } from './news.ts'
import { tagOf, titleOf, wordsOf } from './wording.ts'

/** Which pane matters now, which may be another one than when the news was told. */
function paneOf(news: News, session: Session | undefined, queue: readonly Entry[]): Pane {
  if (news.kind === 'blocked' || news.kind === 'landed') return 'queue'
  return session === undefined || news.kind === 'budget' ? 'terminal' : paneFor(session, entryOf(queue, session.name))
}

/** Brings the window and what the news is about before the user. */
function goTo(news: News): void {
  window.focus()
  desktop()?.bringToFront()
  const view = useHouse.getState().projection.view
  // It may have gone since.
  const session = view?.sessions.find((one) => one.id === news.session?.id)
  if (session !== undefined) select(session.id)
  arrange((before) => shown(before, paneOf(news, session, view?.queue ?? [])))
}

const told = new Map<string, Notification>()

/** Shows one notification; an older one of the same session goes first, so that the new one is heard. */
export function notify(news: News, repository: { readonly id: string; readonly name: string }): void {
  const { title, body } = wordsOf(news, repository.name)
  const tag = tagOf(news, repository.id)
  told.get(tag)?.close()
  try {
    const note = new Notification(title, { body, tag })
    told.set(tag, note)
    note.addEventListener('click', () => {
      goTo(news)
      note.close()
    })
    note.addEventListener('close', () => (told.get(tag) === note ? told.delete(tag) : undefined))
  } catch {
    // Some browsers have the name and refuse the making; the title and the number still say it.
  }
}

let last = -1

/** Says in the title and on the icon how many wait. */
export function sayWaiting(view: View | null): void {
  const waiting = view?.repository ? sweep(view.sessions, view.queue).length : 0
  const title = titleOf(waiting, view?.repository?.name ?? null)
  if (document.title !== title) document.title = title
  if (waiting === last) return
  last = waiting
  desktop()?.setBadge(waiting)
  if (desktop() !== null || !('setAppBadge' in navigator)) return
  // Only an installed page has an icon; elsewhere it is refused.
  navigator.setAppBadge(waiting).catch(() => undefined)
}
