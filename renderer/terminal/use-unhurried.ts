/** Keeps what stands above a terminal as it is while somebody types into that terminal: nothing moves under the hands. */

import { useEffect, useState, type RefObject } from 'react'

/** A pause between two keys of somebody who types is shorter. */
const PAUSE = 700

/** Takes the newest value and when the last key was pressed (`performance.now`); gives the value that may show. */
export function useUnhurried<T>(value: T, lastKey: RefObject<number>): T {
  const [shown, setShown] = useState(value)
  useEffect(() => {
    if (shown === value) return
    let timer = 0
    const look = (): void => {
      const left = lastKey.current + PAUSE - performance.now()
      if (left <= 0) setShown(value)
      else timer = window.setTimeout(look, left)
    }
    look()
    return () => window.clearTimeout(timer)
  }, [value, shown, lastKey])
  return shown
}
