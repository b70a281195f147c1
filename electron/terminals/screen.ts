/**
 * One headless terminal: what a program has shown so far, to be given to whoever looks later.
 * Runs in the screens worker. Knows nothing of ptys, threads or viewers.
 */

import { SerializeAddon } from '@xterm/addon-serialize'
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes'
import headless from '@xterm/headless'
import { guardCounts } from '../../shared/model/csi-guard.ts'
import { createHoldBack } from './hold-back.ts'
import { rebuild } from './screen-state.ts'

export type ScreenOptions = {
  readonly cols: number
  readonly rows: number
  readonly scrollback: number
  /** What the terminal answers to a program's question, such as where the cursor is. */
  answer(text: string): void
}

export type HeadlessScreen = {
  /** Takes the next bytes; `parsed` is called when the screen shows them. */
  write(bytes: Uint8Array, answer: boolean, parsed: () => void): void
  resize(cols: number, rows: number): void
  /** Calls back with bytes that rebuild the screen, once all bytes written so far are parsed. */
  take(give: (screen: { cols: number; rows: number; bytes: Uint8Array<ArrayBuffer> }) => void): void
  /** Calls back with the last lines as plain text, once all bytes written so far are parsed. */
  text(maxLines: number, give: (text: string) => void): void
  dispose(): void
}

/** Opens an empty screen. */
export function createScreen(options: ScreenOptions): HeadlessScreen {
  const { cols, rows, scrollback } = options
  const terminal = new headless.Terminal({ cols, rows, scrollback, allowProposedApi: true, logLevel: 'off' })
  const serializer = new SerializeAddon()
  guardCounts(terminal)
  terminal.loadAddon(serializer)
  terminal.loadAddon(new UnicodeGraphemesAddon())
  const stream = createHoldBack()
  let answers = false
  let answersNext = false
  terminal.onData((text) => {
    if (answers) options.answer(text)
  })

  return {
    write(bytes, answer, parsed) {
      if (answer !== answersNext) {
        answersNext = answer
        terminal.write('', () => {
          answers = answer
        })
      }
      terminal.write(stream.push(bytes), parsed)
    },
    resize(newCols, newRows) {
      terminal.write('', () => terminal.resize(newCols, newRows))
    },
    take(give) {
      const held = stream.held()
      terminal.write('', () => {
        const shown = new TextEncoder().encode(rebuild(terminal, serializer))
        const bytes = new Uint8Array(shown.length + held.length)
        bytes.set(shown)
        bytes.set(held, shown.length)
        give({ cols: terminal.cols, rows: terminal.rows, bytes })
      })
    },
    text(maxLines, give) {
      const held = new TextDecoder().decode(stream.held()).replace(/[\p{Cc}].*$/su, '')
      terminal.write('', () => give(lastLines(terminal, maxLines, held)))
    },
    dispose: () => terminal.dispose(),
  }
}

/** A line that only wrapped at the edge of the screen counts as one with the line it continues. */
function lastLines(terminal: headless.Terminal, maxLines: number, held: string): string {
  const buffer = terminal.buffer.active
  const cursorLine = buffer.baseY + buffer.cursorY
  const lines: string[] = []
  let continued = ''
  for (let at = buffer.length - 1; at >= 0 && lines.length < maxLines; at -= 1) {
    const line = buffer.getLine(at)
    if (line === undefined) continue
    let text = line.translateToString(true)
    if (at === cursorLine && held !== '') {
      text = text.padEnd(buffer.cursorX).slice(0, buffer.cursorX) + held + text.slice(buffer.cursorX + held.length)
    }
    if (line.isWrapped) {
      continued = text + continued
      continue
    }
    const whole = text + continued
    continued = ''
    if (whole.trim() !== '' || lines.length > 0) lines.unshift(whole)
  }
  if (continued !== '' && lines.length < maxLines) lines.unshift(continued)
  return lines.join('\n')
}
