/**
 * How many bytes may be on their way to one connection, over all its terminals together. Pure.
 * One shared credit, because the page parses all terminals on one thread: a credit each would let five floods starve a key.
 */

/** How many bytes may be on their way at most: usually, and while a person types. */
export type Limits = { readonly idle: number; readonly typing: number }

export type Credit = {
  readonly limits: Limits
  /** Sent and not yet acknowledged, per terminal. */
  readonly inFlight: ReadonlyMap<string, number>
  /** When a key was last pressed, in milliseconds. */
  readonly keyAt: number
}

export const IDLE_LIMIT = 256 * 1024
/** While a person types, less may stand before the echo. */
export const TYPING_LIMIT = 32 * 1024
export const TYPING_MS = 1_000

export const LIMITS: Limits = { idle: IDLE_LIMIT, typing: TYPING_LIMIT }

export const FULL_CREDIT: Credit = { limits: LIMITS, inFlight: new Map(), keyAt: Number.NEGATIVE_INFINITY }

/** How much may be on its way at most now. */
export function limit(credit: Credit, now: number): number {
  return now - credit.keyAt < TYPING_MS ? credit.limits.typing : credit.limits.idle
}

export function inFlight(credit: Credit): number {
  let sum = 0
  for (const count of credit.inFlight.values()) sum += count
  return sum
}

/** How much may be sent now; zero when out of credit. */
export function room(credit: Credit, now: number): number {
  return Math.max(0, limit(credit, now) - inFlight(credit))
}

/** Resume well below the limit, or the ptys chatter between the two. */
export function isLow(credit: Credit, now: number): boolean {
  return inFlight(credit) <= limit(credit, now) / 2
}

export function sent(credit: Credit, terminal: string, count: number): Credit {
  return withCount(credit, terminal, (credit.inFlight.get(terminal) ?? 0) + count)
}

/** A peer that acknowledges more than it was sent gains nothing. */
export function acked(credit: Credit, terminal: string, count: number): Credit {
  return withCount(credit, terminal, Math.max(0, (credit.inFlight.get(terminal) ?? 0) - count))
}

/** What was on its way to a terminal that is not viewed any more counts no longer. */
export function forgotten(credit: Credit, terminal: string): Credit {
  return withCount(credit, terminal, 0)
}

export function keyPressed(credit: Credit, now: number): Credit {
  return { ...credit, keyAt: now }
}

function withCount(credit: Credit, terminal: string, count: number): Credit {
  const counts = new Map(credit.inFlight)
  if (count === 0) counts.delete(terminal)
  else counts.set(terminal, count)
  return { ...credit, inFlight: counts }
}
