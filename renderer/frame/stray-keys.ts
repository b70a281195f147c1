/** Which keys were typed for a text field that went away under the user: they run no command. Pure. */

import { partsOf } from '../commands/chord.ts'

/** As long as somebody types on before noticing, in milliseconds. */
const UNNOTICED = 700

/** What is known of the last text field that had the keyboard. */
export type LastField = {
  /** It is not in sight any more, and nobody closed it with a key. */
  readonly isGone: boolean
  /** When a sign was last typed into it. */
  readonly typedAt: number
  /** Whether something else has the keyboard since. */
  readonly isElsewhere: boolean
}

/** True for keys that without a modifier mean a command, and that were not meant for one. */
export function isStray(keys: string, now: number, { isGone, typedAt, isElsewhere }: LastField): boolean {
  return isGone && isPlain(keys) && (!isElsewhere || now - typedAt < UNNOTICED)
}

/** Whether keys are such as one types. */
export function isPlain(keys: string): boolean {
  return partsOf(keys).modifiers.every((modifier) => modifier === 'shift')
}
