/** A card that has only just come, or changed, cannot be answered: a key or click that was on its way was meant for something else. */

import { useEffect, useRef, type RefObject } from 'react'
import { setAnswerable, useWindow } from '../state/store.ts'

/** As long as Claude Code's own dialog ignores keys. */
const FRESH = 600

/** Takes the permission, by id, whose card is on show, and whether keys mean it; gives the one that may be answered by now. */
export function useAnswerable(permission: string, byKey: boolean): RefObject<string | null> {
  const settled = useRef<string | null>(null)
  useEffect(() => {
    const timer = window.setTimeout(() => {
      settled.current = permission
    }, FRESH)
    return () => {
      settled.current = null
      window.clearTimeout(timer)
    }
  }, [permission])
  useEffect(() => {
    if (!byKey) return
    const timer = window.setTimeout(() => setAnswerable(permission), FRESH)
    return () => {
      window.clearTimeout(timer)
      if (useWindow.getState().answerable === permission) setAnswerable(null)
    }
  }, [permission, byKey])
  return settled
}
