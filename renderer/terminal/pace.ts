/** How often a terminal that prints is searched again. Pure but for the clock it is given; knows no terminal. */

import type { After } from './searching.ts'

/** At most so often, in milliseconds. */
const PAUSE = 250
/** What took long is done less often: the search of a flood is not to be a flood itself. */
const REST = 5

export type Pace = {
  /** Something was printed: it has to be searched again, but not now. */
  changed(): void
  /** A question is asked; `changed` asks none before it was answered, as it would be in place of it. */
  asked(): void
  /** It was answered after so long. */
  answered(took: number): void
  /** Nothing is asked again by itself until the next question. */
  stop(): void
}

/** Takes what searches, and the clock. */
export function createPace(search: () => void, after: After): Pace {
  let state: 'idle' | 'waiting' | 'asking' | 'stopped' = 'stopped'
  let isStale = false
  let pause = PAUSE
  let forget = (): void => undefined

  const changed = (): void => {
    if (state === 'asking') isStale = true
    if (state !== 'idle') return
    state = 'waiting'
    forget = after(pause, search)
  }
  return {
    changed,
    asked() {
      forget()
      state = 'asking'
      isStale = false
    },
    answered(took) {
      if (state !== 'asking') return
      pause = Math.max(PAUSE, REST * took)
      state = 'idle'
      if (isStale) changed()
    },
    stop() {
      forget()
      state = 'stopped'
    },
  }
}
