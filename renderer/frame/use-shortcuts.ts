/** Listens for the window's keys and does what they mean. */

import { useEffect } from 'react'
import { sweep } from '../state/standing.ts'
import { openDialog, select, sessionOnShow, useHouse, useWindow } from '../state/store.ts'
import { nextWaiting } from './StatusBar.tsx'
import { placeOfKey, shortcutOf } from './shortcuts.ts'

/** Puts the focus on the tab of the session on show. */
export function focusCascade(): void {
  document.querySelector<HTMLElement>('[role="tab"][data-session][aria-selected="true"]')?.focus()
}

/** Puts the focus into the terminal. */
export function focusTerminal(): void {
  document.querySelector<HTMLElement>('[data-terminal] textarea')?.focus()
}

function onKeyDown(event: KeyboardEvent): void {
  const view = useHouse.getState().projection.view
  const { selected, dialog } = useWindow.getState()
  if (event.defaultPrevented || view === null || view.repository === null || dialog !== null) return
  const { key, ctrlKey, metaKey, altKey } = event
  const shortcut = shortcutOf({ key, ctrlKey, metaKey, altKey, place: placeOfKey(event.target) })
  if (shortcut === null) return
  event.preventDefault()
  switch (shortcut.kind) {
    case 'select': {
      const session = view.sessions[shortcut.number - 1]
      if (session !== undefined) select(session.id)
      return
    }
    case 'new':
      return openDialog('new-session')
    case 'sweep':
      return select(nextWaiting(sweep(view.sessions, view.queue), sessionOnShow(view.sessions, selected)?.id ?? null) ?? selected)
    case 'terminal':
      return focusTerminal()
  }
}

/** Lets the window's keys work as long as the component is mounted. */
export function useShortcuts(): void {
  useEffect(() => {
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}
