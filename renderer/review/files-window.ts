/** Which rows of a long list are drawn: those in sight and a few around them. */

import { useLayoutEffect, useState, type RefObject } from 'react'

/** Rows around those in sight, so that scrolling finds them drawn. */
const AROUND = 12

export type Sight = { readonly first: number; readonly last: number; readonly page: number; readonly height: number }

/** Pure: the rows from `first` up to, not including, `last`. */
export function sightOf(top: number, room: number, height: number, count: number): Sight {
  if (height <= 0) return { first: 0, last: 0, page: 1, height: 0 }
  const page = Math.max(1, Math.floor(room / height))
  // Steps of several rows: scrolling by one draws nothing anew.
  const begin = Math.floor(top / height / AROUND) * AROUND - AROUND
  return {
    first: Math.max(0, Math.min(begin, count)),
    last: Math.max(0, Math.min(count, begin + page + 3 * AROUND + 1)),
    page,
    height,
  }
}

/** Takes what scrolls, and an element as high as a row. */
export function useSight(scroller: RefObject<HTMLElement | null>, probe: RefObject<HTMLElement | null>, count: number): Sight {
  const [sight, setSight] = useState(() => sightOf(0, 0, 0, count))
  useLayoutEffect(() => {
    const [room, row] = [scroller.current, probe.current]
    if (room === null || row === null) return
    const look = (): void => {
      const next = sightOf(room.scrollTop, room.clientHeight, row.offsetHeight, count)
      setSight((before) =>
        before.first === next.first && before.last === next.last && before.page === next.page && before.height === next.height
          ? before
          : next,
      )
    }
    look()
    const sizes = new ResizeObserver(look)
    sizes.observe(room)
    sizes.observe(row)
    room.addEventListener('scroll', look, { passive: true })
    return () => {
      sizes.disconnect()
      room.removeEventListener('scroll', look)
    }
  }, [scroller, probe, count])
  return sight
}
