/**
 * When a terminal is drawn that prints faster than anybody reads. Drawing costs the page more than parsing does, so floods share a part of
 * its time, one after the other; all other drawing is done in the next frame, as ever. Knows neither elements nor frames. Pure.
 */

/** More than this since it was last drawn is a flood: a screen that a program draws anew is less. */
export const FLOOD_BYTES = 24 * 1024

/** No more than that is on its way of what a program prints: it is a screen with its scrollback, which is drawn when it is all there. */
export const SCREEN_BYTES = 300 * 1024

/** For each millisecond that drawing a flood took, floods are not drawn for so many, usually and while a person types. */
export const REST = 3
export const REST_TYPING = 5
/** On a machine that is busy with other things drawing only looks slow; a flood is seen to move all the same. */
export const LONGEST_REST_MS = 100
export const TYPING_MS = 1_000

export type Turns<Id> = {
  /** Who waits to be drawn, in order. */
  readonly waiting: readonly Id[]
  /** Who is drawn now. */
  readonly drawing: Id | null
  /** Floods rest until then, in milliseconds. */
  readonly restUntil: number
}

export const NO_TURNS: Turns<never> = { waiting: [], drawing: null, restUntil: Number.NEGATIVE_INFINITY }

/** Somebody asks to be drawn; asking twice is asking once. */
export function asked<Id>(turns: Turns<Id>, who: Id): Turns<Id> {
  return turns.waiting.includes(who) ? turns : { ...turns, waiting: [...turns.waiting, who] }
}

/** Whoever is first begins to be drawn, if it is time. */
export function begun<Id>(turns: Turns<Id>, now: number): Turns<Id> {
  const [first, ...others] = turns.waiting
  if (first === undefined || turns.drawing !== null || now < turns.restUntil) return turns
  return { ...turns, waiting: others, drawing: first }
}

/** The drawing is over, which took from `from` to `now`; `typing`: a key was pressed a moment ago. */
export function over<Id>(turns: Turns<Id>, from: number, now: number, typing: boolean): Turns<Id> {
  const rest = Math.min(LONGEST_REST_MS, (now - from) * (typing ? REST_TYPING : REST))
  return { ...turns, drawing: null, restUntil: now + rest }
}
