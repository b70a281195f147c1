/**
 * Keeps one short escape sequence from ending the parser: behind the last column of the last row xterm.js 6.0.0 throws at “erase
 * above” (ESC [ 1 J), because it touches the row below, which is not there. The page’s terminal would never draw again.
 */

export type ErasedTerminal = {
  readonly cols: number
  readonly buffer: {
    readonly active: { readonly cursorX: number; readonly cursorY: number; getLine(row: number): unknown }
  }
  readonly parser: {
    registerCsiHandler(
      id: { readonly final: string; readonly prefix?: string },
      handler: (params: (number | number[])[]) => boolean,
    ): { dispose(): void }
  }
}

type Eraser = { eraseInDisplay(params: { readonly params: readonly number[] }, onlyUnprotected: boolean): boolean }
type Inner = { readonly _inputHandler: Eraser; readonly buffers: { readonly active: { savedY: number; readonly ybase: number } } }

/**
 * There the whole screen is erased, which is what the sequence asks for. And where the scrollback is erased (ESC [ 3 J), the saved
 * cursor goes up with the rows, or it would be restored below its place.
 */
export function guardErase(terminal: ErasedTerminal): void {
  const { _core: inner } = terminal as unknown as { readonly _core: Inner }
  const { _inputHandler: eraser } = inner
  for (const prefix of [undefined, '?']) {
    terminal.parser.registerCsiHandler({ final: 'J', ...(prefix === undefined ? {} : { prefix }) }, (params) => {
      const { active } = terminal.buffer
      if (params[0] === 3) {
        const saved = inner.buffers.active
        saved.savedY = Math.max(0, saved.savedY - saved.ybase)
      }
      const isLast = active.cursorX + 1 >= terminal.cols && active.getLine(active.cursorY + 1) === undefined
      const throws = params[0] === 1 && isLast
      return throws && eraser.eraseInDisplay({ params: [2] }, prefix === '?')
    })
  }
}
