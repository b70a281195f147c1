/** Keeps one escape sequence from freezing a terminal: xterm.js 6.0.0 loops once per count, and a count may be 2^31. */

/** The part of an xterm.js terminal that the guard needs; the page's and the headless one both have it. */
export type GuardedTerminal = {
  readonly parser: {
    registerCsiHandler(
      id: { readonly final: string; readonly prefix?: string; readonly intermediates?: string },
      handler: (params: (number | number[])[]) => boolean,
    ): { dispose(): void }
  }
}

/** REP, scroll up, scroll down, insert and delete lines, tab forwards and backwards: the finals that repeat without a bound. */
const REPEATING_FINALS = ['b', 'S', 'T', 'L', 'M', 'I', 'Z'] as const

/** More than any screen has cells in a row or rows; a larger count can mean nothing but harm. */
export const MAX_COUNT = 10_000

/** Makes the terminal swallow repeat counts above `MAX_COUNT`. Call it before the first write. */
export function guardCounts(terminal: GuardedTerminal): void {
  for (const final of REPEATING_FINALS) {
    terminal.parser.registerCsiHandler({ final }, (params) => {
      const count = params[0]
      return typeof count === 'number' && count > MAX_COUNT
    })
  }
}
