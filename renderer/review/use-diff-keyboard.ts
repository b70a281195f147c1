/** Listens to keys and to copying in the diff. Also inside the library’s own elements, whose buttons know no keys. */

import { useEffect, useEffectEvent, type RefObject } from 'react'
import { diffKeyOf, type DiffKey } from './diff-keys.ts'

type Acts = {
  readonly press: (meant: DiffKey) => void
  /** The lines to copy; null where that is somebody else’s. */
  readonly copied: () => string | null
}

/** Takes what is around the diff, and what of it scrolls: keys mean something only while that has the keyboard itself. */
export function useDiffKeyboard(
  room: RefObject<HTMLElement | null>,
  scroller: RefObject<HTMLElement | null>,
  selected: boolean,
  acts: Acts,
): void {
  const onKey = useEffectEvent((event: KeyboardEvent): void => {
    const [from] = event.composedPath()
    if (from instanceof HTMLElement && from.hasAttribute('data-expand-button')) {
      if (event.key !== 'Enter' && event.key !== ' ') return
      event.preventDefault()
      return from.click()
    }
    const meant = event.target === scroller.current && !event.defaultPrevented ? diffKeyOf(event, selected) : null
    if (meant === null) return
    event.preventDefault()
    acts.press(meant)
  })
  const onCopy = useEffectEvent((event: ClipboardEvent): void => {
    const text = acts.copied()
    if (text === null) return
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
  })
  useEffect(() => {
    const element = room.current
    const key = (event: KeyboardEvent): void => onKey(event)
    const copy = (event: ClipboardEvent): void => onCopy(event)
    element?.addEventListener('keydown', key)
    element?.addEventListener('copy', copy)
    return () => {
      element?.removeEventListener('keydown', key)
      element?.removeEventListener('copy', copy)
    }
  }, [room])
}
