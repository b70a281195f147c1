/** What is to be known of a screen to draw what lies over it: whether it is scrolled up, and who has the mouse. Bytes never pass here. */

import type { Terminal } from '@xterm/xterm'
import { ON_MAC } from '../commands/on-mac.ts'

export type Bearing = {
  /** Newer lines are below what shows. */
  readonly above: boolean
  /** How many lines came since it was scrolled up. */
  readonly fresh: number
  /** Somebody pulled or turned the mouse, and the program took it. */
  readonly taken: boolean
}

export type BearingNow = {
  now(): Bearing
  subscribe(told: () => void): () => void
}

/** More than a click, in pixels. */
const PULLED = 12
export const MOST_FRESH = 999

/** True for a press that selects although the program has the mouse. */
const forces = (event: MouseEvent): boolean => (ON_MAC ? event.altKey : event.shiftKey)

/** Follows a terminal and its element. Told at most once a frame, and only when something is otherwise. */
export function followBearing(terminal: Terminal, host: HTMLElement): BearingNow {
  const listeners = new Set<() => void>()
  let bearing: Bearing = { above: false, fresh: 0, taken: false }
  let [fresh, frame] = [0, 0]

  const become = (next: Bearing): void => {
    if (next.above === bearing.above && next.fresh === bearing.fresh && next.taken === bearing.taken) return
    bearing = next
    for (const told of listeners) told()
  }
  const look = (): void => {
    frame = 0
    const { viewportY, baseY } = terminal.buffer.active
    const above = viewportY < baseY
    if (!above) fresh = 0
    become({ ...bearing, above, fresh: Math.min(fresh, MOST_FRESH) })
  }
  const lookSoon = (): void => {
    if (frame === 0) frame = requestAnimationFrame(look)
  }
  terminal.onLineFeed(() => {
    if (bearing.above) fresh = Math.min(fresh + 1, MOST_FRESH)
  })
  terminal.onScroll(lookSoon)
  terminal.onRender(lookSoon)
  terminal.buffer.onBufferChange(lookSoon)

  const isTaken = (): boolean => terminal.modes.mouseTrackingMode !== 'none'
  const took = (): void => become({ ...bearing, taken: true })
  let pressed: { readonly x: number; readonly y: number } | null = null
  host.addEventListener('mousedown', (event) => (pressed = event.button === 0 && !forces(event) && isTaken() ? event : null), {
    capture: true,
  })
  host.addEventListener(
    'mousemove',
    (event) => {
      if (pressed === null || (event.buttons & 1) === 0) return
      if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > PULLED) took()
    },
    { capture: true },
  )
  host.addEventListener('wheel', () => isTaken() && took(), { capture: true, passive: true })

  return {
    now: () => bearing,
    subscribe(told) {
      listeners.add(told)
      return () => listeners.delete(told)
    },
  }
}
