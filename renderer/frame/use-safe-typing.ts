/** Keeps the keyboard out of a terminal whose session or shell went away: what is typed on would go to the one that takes its place. */

import { useEffect } from 'react'
import { useTabs } from '../state/shells.ts'
import { useHouse } from '../state/store.ts'
import { focusCascade } from './focus.ts'

/** The terminal in which the focus is, or the session on whose tab it is, by id. */
function placeOfFocus(): string | undefined {
  const { terminal, session } = document.activeElement?.closest<HTMLElement>('[data-terminal], [role="tab"]')?.dataset ?? {}
  return terminal ?? session
}

/** Watches the sessions; the focus of one that went away goes to the tab of the session on show. */
export function useSafeTyping(): void {
  useEffect(
    () =>
      useHouse.subscribe(({ projection }, { projection: before }) => {
        const { sessions = [], shells = [] } = projection.view ?? {}
        if (sessions === before.view?.sessions && shells === before.view?.shells) return
        const id = placeOfFocus()
        if (id === undefined || [...sessions, ...shells].some((one) => one.id === id)) return
        // Who closes a shell here goes on in the terminal that shows in its place.
        if (id === useTabs.getState().closing) return
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
