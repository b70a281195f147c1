/** Listens for the window's keys and does what they mean. */

import { useEffect } from 'react'
import { commandAt, pressOf } from '../commands/keys.ts'
import { cascadeOf } from '../state/standing.ts'
import { closeDialog, toast, useWindow } from '../state/store.ts'
import { factsNow, goToSession, run } from './run-command.ts'
import { meaningOf, type Place } from './shortcuts.ts'
import { isPlain, isStray } from './stray-keys.ts'

const FLOATING = '[role="dialog"], [role="alertdialog"], [role="menu"]'
const TYPING = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable]'

/** Where the user has a session before them, and means it. */
const DECIDED_FROM = '#review-pane, [role="tab"][data-session]'
const DECISIONS: ReadonlySet<string> = new Set(['review.approve', 'review.land'])

/** The text field that had the keyboard last, unless the user left it. */
let last: { readonly field: Element; readonly typedAt: number } | null = null

const fieldAt = (target: EventTarget | null): Element | null =>
  target instanceof Element && target.closest('[data-terminal]') === null ? target.closest(TYPING) : null

function onFocusIn({ target }: Event): void {
  const field = fieldAt(target)
  if (field !== null) last = { field, typedAt: Number.NEGATIVE_INFINITY }
}

/** Before the field itself, which keeps some keys to itself. */
function onAnyKey(event: KeyboardEvent): void {
  const field = fieldAt(event.target)
  const { key } = event
  const ends = key === 'Enter' && (event.ctrlKey || event.metaKey || !(field instanceof HTMLTextAreaElement))
  if (key === 'Escape' || (field !== null && (key === 'Tab' || ends))) last = null
  else if (field !== null && key.length === 1) last = { field, typedAt: event.timeStamp }
}

function isMeantForAField(keys: string, now: number): boolean {
  if (last === null) return false
  const { field, typedAt } = last
  const isGone = !field.isConnected || !field.checkVisibility()
  return isStray(keys, now, { isGone, typedAt, isElsewhere: document.activeElement !== document.body })
}

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
  if (isMeantForAField(keys, event.timeStamp)) return
  if (meaning.kind === 'command') {
    if (DECISIONS.has(meaning.id) && isPlain(keys) && document.activeElement?.closest(DECIDED_FROM) == null) {
      return toast({ tone: 'done', message: 'Click into the review, or go to the session’s tab, and press it again.' })
    }
    return run(meaning.id)
  }
  const session = cascadeOf(facts.view.sessions)[meaning.number - 1]
  if (session !== undefined) goToSession(session.id)
}

/** Lets the window's keys work as long as the component is mounted. */
export function useShortcuts(): void {
  useEffect(() => {
    const left = (): void => {
      last = null
    }
    document.addEventListener('keydown', onAnyKey, true)
    document.addEventListener('focusin', onFocusIn)
    document.addEventListener('pointerdown', left, true)
    document.addEventListener('keydown', onKeyDown)
    return () => {
      document.removeEventListener('keydown', onAnyKey, true)
      document.removeEventListener('focusin', onFocusIn)
      document.removeEventListener('pointerdown', left, true)
      document.removeEventListener('keydown', onKeyDown)
    }
  }, [])
}
