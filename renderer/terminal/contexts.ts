/** Which graphics context is worth having, and when another one is tried after one was lost. Pure. */

/** Takes what a context says who draws it. In software it had a third of the frames that elements have, measured in a flood. */
export function isSoftware(renderer: string): boolean {
  return /swiftshader|llvmpipe|softpipe|lavapipe|basic render|software/iu.test(renderer)
}

/** Later each time: what took it may still be there. */
const AGAIN = 5_000
const MOST_TRIES = 6
/** One that held so long was no failed try: a machine that wakes up takes it too. */
const HELD = 600_000

export type Losses = {
  /** In a row. */
  readonly count: number
  /** In so many milliseconds; null: not by itself. */
  readonly again: number | null
}

export const NO_LOSSES: Losses = { count: 0, again: null }

/** Takes what was before and how long the lost one had held. */
export function lossesAfter(before: Losses, held: number): Losses {
  const count = held > HELD ? 1 : before.count + 1
  return { count, again: count < MOST_TRIES ? AGAIN * 2 ** (count - 1) : null }
}
