/** A stock headless terminal as the page's would be: what a test compares screens with. */

import { SerializeAddon } from '@xterm/addon-serialize'
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes'
import headless from '@xterm/headless'
import { guardCounts } from '../../../shared/model/csi-guard.ts'
import { rebuild } from '../screen-state.ts'

export type Reference = {
  write(bytes: Uint8Array | string): Promise<void>
  resize(cols: number, rows: number): void
  /** All lines with their wraps, the cursor and the modes, as text that can be compared. */
  picture(): string
  /** The picture with colours and attributes, cursor style and saved cursor. */
  colouredPicture(): string
  /** The visible lines. */
  lines(): string[]
}

export function createReference(cols: number, rows: number, scrollback = 1000): Reference {
  const terminal = new headless.Terminal({ cols, rows, scrollback, allowProposedApi: true, logLevel: 'off' })
  const serializer = new SerializeAddon()
  guardCounts(terminal)
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
        all: all.map((line) => `${line?.isWrapped ? '+' : ''}${line?.translateToString(true)}`),
      },
      null,
      1,
    )
  }
  return {
    write: (bytes) => new Promise((resolve) => terminal.write(bytes, resolve)),
    resize: (newCols, newRows) => terminal.resize(newCols, newRows),
    picture,
    colouredPicture: () => `${picture()}\n${JSON.stringify(rebuild(terminal, serializer))}`,
    lines,
  }
}
