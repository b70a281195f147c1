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
  /** Who has the mouse was said, or another terminal shows. */
  forget(): void
}

/** More than a click, in pixels. */
const PULLED = 12
export const MOST_FRESH = 999

type Place = { readonly x: number; readonly y: number }

/** True where the mouse went far enough from where it was pressed to mean it. Pure. */
export const isPull = (from: Place, to: Place): boolean => Math.hypot(to.x - from.x, to.y - from.y) > PULLED

type Seen = { readonly viewportY: number; readonly baseY: number; readonly fresh: number; readonly hasMouse: boolean }

/** What is known after the screen was looked at; the same object where nothing is otherwise. Pure. */
export function bearingAfter(before: Bearing, { viewportY, baseY, fresh, hasMouse }: Seen): Bearing {
  const above = viewportY < baseY
  const next = { above, fresh: above ? Math.min(fresh, MOST_FRESH) : 0, taken: before.taken && hasMouse }
  return next.above === before.above && next.fresh === before.fresh && next.taken === before.taken ? before : next
}

/** True for a press that selects although the program has the mouse. */
const forces = (event: MouseEvent): boolean => (ON_MAC ? event.altKey : event.shiftKey)

/** Follows a terminal and its element. Told at most once a frame, and only when something is otherwise. */
export function followBearing(terminal: Terminal, host: HTMLElement): BearingNow {
  const listeners = new Set<() => void>()
  let bearing: Bearing = { above: false, fresh: 0, taken: false }
  let [fresh, frame] = [0, 0]
  const isTaken = (): boolean => terminal.modes.mouseTrackingMode !== 'none'

  const become = (next: Bearing): void => {
    if (next === bearing) return
    bearing = next
    for (const told of listeners) told()
  }
  const look = (): void => {
    frame = 0
    const { viewportY, baseY } = terminal.buffer.active
    const next = bearingAfter(bearing, { viewportY, baseY, fresh, hasMouse: isTaken() })
    ;({ fresh } = next)
    become(next)
  }
  const lookSoon = (): void => {
    if (frame === 0) frame = requestAnimationFrame(look)
  }
  terminal.onLineFeed(() => {
    if (bearing.above) fresh = Math.min(fresh + 1, MOST_FRESH)
  })
  terminal.onScroll(lookSoon)
  terminal.onRender(lookSoon)
  // A program may give the mouse back and draw nothing.
  terminal.onWriteParsed(() => bearing.taken && lookSoon())
  terminal.buffer.onBufferChange(lookSoon)

  const took = (): void => become(bearing.taken ? bearing : { ...bearing, taken: true })
  let pressed: Place | null = null
  host.addEventListener('mousedown', (event) => (pressed = event.button === 0 && !forces(event) && isTaken() ? event : null), {
    capture: true,
  })
  host.addEventListener(
    'mousemove',
    (event) => {
      if (pressed === null || (event.buttons & 1) === 0) return
      if (isPull(pressed, event)) took()
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
    forget: () => become(bearing.taken ? { ...bearing, taken: false } : bearing),
  }
}
