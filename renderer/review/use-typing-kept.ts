/** Leads the keyboard back to a form of the diff: one that is meant, and one that somebody types into and that scrolled away. */

import { useEffect, useEffectEvent, type RefObject } from 'react'
import { useWritings, write, type Writing } from './comments-kept.ts'
import type { DiffItem } from './diff-items.ts'
import { meantFor, setTyping, typedInto, typingNow } from './typing-kept.ts'
import type { View } from './use-diff-walk.ts'

type Kept = {
  readonly view: RefObject<View | null>
  readonly scroller: RefObject<HTMLElement | null>
  readonly items: readonly DiffItem[]
  readonly writings: ReadonlyMap<string, Writing>
  readonly onUnfold: (path: string) => void
}

/** Whether what stands under the header of a file can be seen, as far as it has room. */
function isTopInSight(view: View | null, scroller: HTMLElement | null, id: string): boolean {
  const instance = view?.getInstance()
  const top = (instance?.getTopForItem(id) ?? -1) - (instance?.getScrollTop() ?? 0)
  return scroller !== null && top >= 0 && top < scroller.clientHeight / 2
}

/** Takes the view and what is written in it. The form itself takes the keyboard once it is drawn. */
export function useTypingKept({ view, scroller, items, writings, onUnfold }: Kept): void {
  const fresh = useWritings((kept) => kept.fresh)
  const reveal = useEffectEvent((key: string | null): void => {
    const writing = writings.get(key ?? '')
    if (writing === undefined) return
    const item = items.find(({ annotations }) => annotations?.some(({ metadata }) => metadata.key === key))
    if (!items.some(({ id }) => id === writing.path)) return useWritings.setState({ fresh: null })
    if (item === undefined) return onUnfold(writing.path)
    const place = item.annotations?.find(({ metadata }) => metadata.key === key)
    if (place === undefined) return
    const { side, lineNumber } = place
    const { id } = item
    if (lineNumber === 0 && isTopInSight(view.current, scroller.current, id)) return
    view.current?.scrollTo(
      lineNumber === 0
        ? { type: 'item', id, align: 'start', behavior: 'instant' }
        : { type: 'line', id, lineNumber, side, align: 'nearest', behavior: 'instant' },
    )
  })
  // Also once its file was unfolded.
  // oxlint-disable-next-line react/exhaustive-effect-dependencies
  useEffect(() => reveal(fresh), [fresh, items])

  const onKey = useEffectEvent((event: KeyboardEvent): void => {
    const typing = typingNow()
    const { activeElement } = document
    if (typing === null || (activeElement !== document.body && activeElement !== scroller.current)) return
    const writing = writings.get(typing.key)
    if (writing === undefined) return setTyping(null)
    const meant = meantFor({
      key: event.key,
      ctrlKey: event.ctrlKey,
      metaKey: event.metaKey,
      altKey: event.altKey,
      altGraph: event.getModifierState('AltGraph'),
    })
    if (meant === 'leave') setTyping(null)
    if (meant === 'pass' || event.key === 'Tab') return
    event.preventDefault()
    // Others are to know of an Escape, and leave alone what it was pressed for.
    if (meant === 'leave') return scroller.current?.focus({ preventScroll: true })
    event.stopImmediatePropagation()
    if (meant === 'type') {
      const { field, start } = typing
      const at = start + event.key.length
      write(typing.key, { [field]: typedInto(writing[field] ?? '', typing, event.key) })
      setTyping({ ...typing, start: at, end: at })
    }
    useWritings.setState({ fresh: typing.key })
  })
  const onElsewhere = useEffectEvent((event: Event): void => {
    const { target } = event
    if (target instanceof Element && target.closest('form[data-writing]') !== null) return
    // The diff gets the focus of what it takes out of the page; a press on its scrollbar says nothing either.
    const isNobody =
      target === document.body ||
      (target === scroller.current && !(event instanceof PointerEvent && event.offsetX < (scroller.current?.clientWidth ?? 0)))
    if (!isNobody) setTyping(null)
  })
  useEffect(() => {
    const key = (event: KeyboardEvent): void => onKey(event)
    const elsewhere = (event: Event): void => onElsewhere(event)
    // Before anything in the window.
    addEventListener('keydown', key, true)
    addEventListener('pointerdown', elsewhere, true)
    addEventListener('focusin', elsewhere, true)
    return () => {
      removeEventListener('keydown', key, true)
      removeEventListener('pointerdown', elsewhere, true)
      removeEventListener('focusin', elsewhere, true)
    }
  }, [])
}
