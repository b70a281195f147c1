/** Listens for the window's keys and does what they mean. */

import { useEffect } from 'react'
import { commandAt, pressOf } from '../commands/keys.ts'
import { cascadeOf } from '../state/standing.ts'
import { closeDialog, useWindow } from '../state/store.ts'
import { factsNow, goToSession, run } from './run-command.ts'
import { meaningOf, type Place } from './shortcuts.ts'

const FLOATING = '[role="dialog"], [role="alertdialog"], [role="menu"]'
const TYPING = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable]'

function placeOf(target: EventTarget | null): Place {
  const element = target instanceof Element ? target : null
  if (element?.closest('[data-terminal]')) return 'terminal'
  if (document.querySelector(`:is(${FLOATING}):not([data-closed])`) !== null) return 'floating'
  return element?.closest(TYPING) ? 'typing' : 'free'
}

/** The palette and the shortcuts sheet close with the keys that open them. */
function closes(keys: string, place: Place): boolean {
  const { dialog } = useWindow.getState()
  const shortcuts = factsNow()?.view.settings.shortcuts ?? {}
  return place === 'floating' && (dialog === 'palette' || dialog === 'shortcuts') && commandAt(keys, shortcuts) === dialog
}

function onKeyDown(event: KeyboardEvent): void {
  const keys = event.defaultPrevented ? null : pressOf(event)
  const facts = factsNow()
  if (keys === null || facts === null) return
  const place = placeOf(event.target)
  if (closes(keys, place)) {
    event.preventDefault()
    closeDialog()
    return
  }
  const meaning = meaningOf(keys, place, { shortcuts: facts.view.settings.shortcuts, repeat: event.repeat })
  if (meaning === null) return
  event.preventDefault()
  if (meaning.kind === 'command') return run(meaning.id)
  const session = cascadeOf(facts.view.sessions)[meaning.number - 1]
  if (session !== undefined) goToSession(session.id)
}

/** Lets the window's keys work as long as the component is mounted. */
export function useShortcuts(): void {
  useEffect(() => {
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}
