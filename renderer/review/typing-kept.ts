/** In which form of the diff somebody types, also while it is scrolled out of what is drawn. Knows nothing of the page. */

/** A field of a form, by the key it is kept under, and what is selected in it. */
export type Typing = {
  readonly key: string
  readonly field: 'text' | 'suggestion'
  readonly start: number
  readonly end: number
}

let typing: Typing | null = null

export const typingNow = (): Typing | null => typing

/** Remembers where; null: nowhere any more. */
export function setTyping(now: Typing | null): void {
  typing = now
}

export type Press = {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  /** The key that types a third sign, which some systems report as Ctrl and Alt. */
  readonly altGraph: boolean
}

/**
 * What a press means to the form that is out of sight. `pass`: it is somebody else's, as it is beside every field; `leave`: the user
 * is done with it, and a Tab goes on; `type`: a sign for the text; `return`: only back to it.
 */
export function meantFor({ key, ctrlKey, metaKey, altKey, altGraph }: Press): 'pass' | 'leave' | 'type' | 'return' {
  if (['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock'].includes(key)) return 'pass'
  if (key === 'Escape' || key === 'Tab') return 'leave'
  if (key.length !== 1) return 'return'
  if (altGraph) return 'type'
  return ctrlKey || metaKey ? 'pass' : altKey ? 'return' : 'type'
}

/** A sign typed into a text over what is selected there. */
export function typedInto(text: string, { start, end }: Pick<Typing, 'start' | 'end'>, sign: string): string {
  return text.slice(0, start) + sign + text.slice(end)
}
