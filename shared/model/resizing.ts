/**
 * Gives a terminal another size such that every terminal that was shown the same shows the same afterwards, whatever became of it
 * before. Reaches into xterm.js 6.0.0, which keeps behind the edge what a later screen cannot know of: pinned, covered by the seam test.
 */

type Line = {
  readonly length: number
  resize(cols: number, fill: unknown): unknown
  getWidth(column: number): number
  setCellFromCodepoint(column: number, code: number, width: number, attributes: { fg: number; bg: number }): void
}
type Buffer = {
  readonly lines: { readonly length: number; maxLength: number; get(row: number): Line | undefined }
  readonly ybase: number
  savedY: number
}
type Inner = {
  readonly buffers: { readonly normal: Buffer; readonly alt: Buffer }
  readonly _inputHandler: { readonly _parser: { precedingJoinState: number } }
}

export type ResizedTerminal = { readonly cols: number; readonly rows: number; resize(cols: number, rows: number): void }

/** Call it where the stream stands: in the callback of a write. */
export function resizeExactly(terminal: ResizedTerminal, cols: number, rows: number): void {
  // A terminal that has the size already may be told so in the middle of a character, and must not notice.
  if (terminal.cols === cols && terminal.rows === rows) return
  const { _core: inner } = terminal as unknown as { readonly _core: Inner }
  // A mark that comes next stands alone: whether the character before it was shown yet must not matter.
  const { _inputHandler: input } = inner
  const { _parser: parser } = input
  parser.precedingJoinState = 0
  terminal.resize(cols, rows)
  const { normal, alt } = inner.buffers
  // An empty one keeps room for the rows it had; programs would scroll in there.
  if (alt.lines.length === 0) alt.lines.maxLength = rows
  for (const buffer of [normal, alt]) {
    const { lines } = buffer
    // What was saved below the last row would be restored on it, but stay below it while rows scroll away: a screen cannot say that.
    buffer.savedY = Math.min(buffer.savedY, buffer.ybase + rows - 1)
    for (let row = 0; row < lines.length; row += 1) {
      const line = lines.get(row)
      if (line === undefined) continue
      if (line.length > cols) line.resize(cols, undefined)
      // The first half of a wide character whose second half is cut off.
      if (line.getWidth(cols - 1) === 2) line.setCellFromCodepoint(cols - 1, 0, 1, { fg: 0, bg: 0 })
    }
  }
}
