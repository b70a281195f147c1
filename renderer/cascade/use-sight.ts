/** Keeps the selected tab and a new one in sight, and counts the tabs that are not. */

import { useEffect, useRef, useState, type RefObject } from 'react'
import { outOfSight } from './order.ts'

const NOTHING = { left: 0, right: 0 }

function bringIntoSight(strip: HTMLElement | null, id: string | null | undefined): void {
  if (!id) return
  strip?.querySelector(`[data-session="${CSS.escape(id)}"]`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

/** Takes the strip, the selected session and the order, by id; gives how many tabs are out of sight on each side. */
export function useSight(
  strip: RefObject<HTMLElement | null>,
  selected: string | null,
  order: readonly string[],
): { readonly left: number; readonly right: number } {
  const [hidden, setHidden] = useState(NOTHING)
  const known = useRef(order)
  const at = selected === null ? -1 : order.indexOf(selected)

  // Only a selection, or a move of the selected tab, leads there: whoever looks elsewhere is left alone.
  useEffect(() => bringIntoSight(strip.current, at === -1 ? null : selected), [strip, selected, at])

  useEffect(() => {
    const before = known.current
    known.current = order
    // With none of them known before it is another repository: nothing came there.
    const came = order.some((id) => before.includes(id)) ? order.findLast((id) => !before.includes(id)) : null
    bringIntoSight(strip.current, came)
  }, [strip, order])

  useEffect(() => {
    const element = strip.current
    if (element === null) return
    const measure = (): void => {
      const tabs = [...element.querySelectorAll('[role="tab"]')].map((tab) => tab.getBoundingClientRect())
      const next = outOfSight(element.getBoundingClientRect(), tabs)
      setHidden((before) => (before.left === next.left && before.right === next.right ? before : next))
    }
    const observer = new ResizeObserver(() => {
      // A narrower window must not take the tab that is looked at.
      bringIntoSight(element, element.querySelector<HTMLElement>('[aria-selected="true"]')?.dataset['session'])
      measure()
    })
    observer.observe(element)
    element.addEventListener('scroll', measure, { passive: true })
    measure()
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', measure)
    }
    // The width of the tabs depends on how many there are, although only the page knows it.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [strip, order])
  return hidden
}
