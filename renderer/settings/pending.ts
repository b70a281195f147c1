/** What stands in the field of a setting while its value is on the way. Pure. */

export type Pending =
  /** Typed, not kept; and why not, when the House refused it. */
  | { readonly kind: 'typed'; readonly text: string; readonly refusal: string | null }
  /** Kept; shown until the House's own word comes. */
  | { readonly kind: 'kept'; readonly value: unknown; readonly over: string }
  /** Chosen and refused: the value is what it was. */
  | { readonly kind: 'refused'; readonly refusal: string }

/**
 * Takes what stands there now, what was to be kept, and what had been typed for it (null for a choice); gives what stands there
 * after the House refused it. What was typed or chosen meanwhile stays; the refusal is not about it.
 */
export function afterRefusal(now: Pending | null, kept: Pending, typed: string | null, refusal: string): Pending | null {
  if (now !== kept) return now
  return typed === null ? { kind: 'refused', refusal } : { kind: 'typed', text: typed, refusal }
}
