/** Whether the pane is too narrow for two columns of code. */

import { useLayoutEffect, useRef, useState } from 'react'

/** Narrower than this, a side has room for some forty characters. */
const ROOM_REM = 44

/** Gives what to measure, and whether it is narrow. */
export function useNarrow() {
  const pane = useRef<HTMLElement>(null)
  const [narrow, setNarrow] = useState(false)
  useLayoutEffect(() => {
    const element = pane.current
    if (element === null) return
    const look = (): void => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
      setNarrow(element.clientWidth < ROOM_REM * rem)
    }
    look()
    const sizes = new ResizeObserver(look)
    sizes.observe(element)
    return () => sizes.disconnect()
  }, [])
  return { pane, narrow }
}
