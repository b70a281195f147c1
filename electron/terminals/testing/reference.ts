/** A stock headless terminal as the page's would be: what a test compares screens with. */

import { SerializeAddon } from '@xterm/addon-serialize'
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes'
import headless from '@xterm/headless'
import { resizeExactly } from '../../../shared/model/resizing.ts'
import { tame } from '../../../shared/model/taming.ts'
import { rebuild } from '../screen-state.ts'

export type Reference = {
  write(bytes: Uint8Array | string, parsed?: () => void): Promise<void>
  /** At once, whatever was written and is not parsed yet. */
  resize(cols: number, rows: number): void
  /** Behind what was written, as the page does it when the House says so. */
  size(cols: number, rows: number, done?: () => void): Promise<void>
  /** All lines with their wraps, the cursor and the modes, as text that can be compared. */
  picture(): string
  /** The picture with colours and attributes, cursor style and saved cursor. */
  colouredPicture(): string
  /** The visible lines. */
  lines(): string[]
}

export function createReference(
  cols: number,
  rows: number,
  scrollback = 1000,
  answer: (text: string) => void = () => undefined,
): Reference {
  const terminal = new headless.Terminal({ cols, rows, scrollback, allowProposedApi: true, logLevel: 'off' })
  const serializer = new SerializeAddon()
  tame(terminal, () => performance.now())
  terminal.onData(answer)
  terminal.loadAddon(serializer)
  terminal.loadAddon(new UnicodeGraphemesAddon())
  function lines(): string[] {
    const { active } = terminal.buffer
    return Array.from({ length: terminal.rows }, (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '')
  }
  function picture(): string {
    const { active, normal } = terminal.buffer
    const all = Array.from({ length: normal.length }, (_, at) => normal.getLine(at))
    return JSON.stringify(
      {
        type: active.type,
        cursor: [active.cursorX, active.cursorY, active.baseY],
        modes: terminal.modes,
        shown: lines(),
        // A first row whose beginning was thrown away is as good as one that begins.
        all: all.map((line, at) => `${line?.isWrapped && at > 0 ? '+' : ''}${line?.translateToString(true)}`),
      },
      null,
      1,
    )
  }
  return {
    write: (bytes, parsed = () => undefined) =>
      new Promise((resolve) =>
        terminal.write(bytes, () => {
          parsed()
          resolve()
        }),
      ),
    size: (newCols, newRows, done = () => undefined) =>
      new Promise((resolve) =>
        terminal.write('', () => {
          resizeExactly(terminal, newCols, newRows)
          done()
          resolve()
        }),
      ),
    resize: (newCols, newRows) => resizeExactly(terminal, newCols, newRows),
    picture,
    colouredPicture: () => `${picture()}\n${JSON.stringify(rebuild(terminal, serializer))}`,
    lines,
  }
}
