/** Which press in the terminal of a shell that has ended starts it again. Pure. */

/** What is typed on after the end would start it: for so long Enter does nothing, in milliseconds. */
const TYPED_ON = 600

type Press = {
  readonly key: string
  readonly repeat: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** Takes a press and for how long the shell has ended. With another key Enter is a chord, such as the one for a new shell. */
export function startsAgain({ key, repeat, ctrlKey, metaKey, altKey, shiftKey }: Press, since: number): boolean {
  return key === 'Enter' && !repeat && !ctrlKey && !metaKey && !altKey && !shiftKey && since >= TYPED_ON
}
