/** Keeps the keyboard out of a terminal whose session went away: what is typed on would go to the session that takes its place. */

import { useEffect } from 'react'
import { useHouse } from '../state/store.ts'
import { focusCascade } from './focus.ts'

/** The session, by id, in whose terminal or on whose tab the focus is. */
function sessionOfFocus(): string | undefined {
  const { terminal, session } = document.activeElement?.closest<HTMLElement>('[data-terminal], [role="tab"]')?.dataset ?? {}
  return terminal ?? session
}

/** Watches the sessions; the focus of one that went away goes to the tab of the session on show. */
export function useSafeTyping(): void {
  useEffect(
    () =>
      useHouse.subscribe(({ projection }, { projection: before }) => {
        const sessions = projection.view?.sessions ?? []
        if (sessions === before.view?.sessions) return
        const id = sessionOfFocus()
        if (id === undefined || sessions.some((session) => session.id === id)) return
        const { activeElement } = document
        // At once, before the next key; the tab to go to is drawn a moment later.
        if (activeElement instanceof HTMLElement) activeElement.blur()
        requestAnimationFrame(() => {
          if (document.activeElement === document.body) focusCascade()
        })
      }),
    [],
  )
}
