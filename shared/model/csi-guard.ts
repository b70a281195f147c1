/** Keeps one escape sequence from freezing a terminal: xterm.js 6.0.0 loops once per count, and a count may be 2^31. */

/** The part of an xterm.js terminal that the guard needs; the page's and the headless one both have it. */
export type GuardedTerminal = {
  readonly rows: number
  readonly parser: {
    registerCsiHandler(
      id: { readonly final: string; readonly prefix?: string; readonly intermediates?: string },
      handler: (params: (number | number[])[]) => boolean,
    ): { dispose(): void }
  }
}

/** What carries the sequences out, in an inner part of xterm.js that its public API does not show. */
type Carrier = Readonly<Record<(typeof BY_LINE)[number][1], (params: { readonly params: readonly number[] }) => boolean>>

/** REP, tab forwards and backwards: along a line. */
const ALONG_A_LINE = ['b', 'I', 'Z'] as const

/** Scroll up and down, insert and delete lines. */
const BY_LINE = [
  ['S', 'scrollUp'],
  ['T', 'scrollDown'],
  ['L', 'insertLines'],
  ['M', 'deleteLines'],
] as const

/** As many cells as the widest screen has across (`shared/frames.ts`); a larger count can mean nothing but harm. */
export const MAX_COUNT = 1_000

const isOver = (count: number | number[] | undefined, most: number): boolean => typeof count === 'number' && count > most

/** Makes the terminal swallow counts above `MAX_COUNT` along a line, and move no more lines than it has. Call it before the first write. */
export function guardCounts(terminal: GuardedTerminal): void {
  for (const final of ALONG_A_LINE) {
    terminal.parser.registerCsiHandler({ final }, (params) => isOver(params[0], MAX_COUNT))
  }
  const { _core: inner } = terminal as unknown as { readonly _core: { readonly _inputHandler: Carrier } }
  const { _inputHandler: carrier } = inner
  for (const [final, name] of BY_LINE) {
    terminal.parser.registerCsiHandler({ final }, (params) => {
      // Several parameters are another command (mouse tracking), which xterm.js ignores.
      if (!isOver(params[0], terminal.rows)) return false
      return carrier[name]({ params: [terminal.rows] })
    })
  }
}
