/** Enter in a dialog that has only just come, or held from before: it was meant for what was there, and does nothing. */

import { useLayoutEffect, useRef, type KeyboardEvent } from 'react'

/** As long as a card that has only just come takes no answer, in milliseconds. */
const FRESH = 600

/** Gives what stops such a press; it counts from when the part of the page came that uses it. */
export function useFreshEnter(): (event: KeyboardEvent) => void {
  const cameAt = useRef(Number.POSITIVE_INFINITY)
  useLayoutEffect(() => {
    cameAt.current = performance.now()
  }, [])
  return (event) => {
    if (event.key !== 'Enter' || (!event.repeat && performance.now() - cameAt.current >= FRESH)) return
    event.preventDefault()
    event.stopPropagation()
  }
}
