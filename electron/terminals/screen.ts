/**
 * One headless terminal: what a program has shown so far, to be given to whoever looks later.
 * Runs in the screens worker. Knows nothing of ptys, threads or viewers.
 */

import { SerializeAddon } from '@xterm/addon-serialize'
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes'
import headless from '@xterm/headless'
import { tame } from '../../shared/model/taming.ts'
import { resizeExactly } from '../../shared/model/resizing.ts'
import { createHoldBack } from './hold-back.ts'
import { isKeepsake, keepsakeSlices, pictureOf } from './saved-lines.ts'
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
  /** How many lines above the screen are kept from now on. */
  keepLines(scrollback: number): void
  /** Another program begins here. */
  begin(): void
  /** Calls back with what is worth keeping over a restart, once all bytes written so far are parsed. */
  keepsake(mostBytes: number, give: (bytes: Uint8Array<ArrayBuffer>) => void): void
  /** Shows a keepsake and a line below it; false when it is none: then nothing is shown. */
  restore(bytes: Uint8Array, below: string): boolean
  dispose(): void
}

/** Of very wide terminals fewer lines are kept: a cell takes 12 bytes. */
const MOST_CELLS = 20_000_000
const linesFor = (scrollback: number, cols: number): number => Math.min(scrollback, Math.floor(MOST_CELLS / cols))

const OTHER_SCREEN: readonly unknown[] = [47, 1047, 1049]

/** Opens an empty screen. */
export function createScreen(options: ScreenOptions): HeadlessScreen {
  const { cols, rows } = options
  let { scrollback } = options
  const terminal = new headless.Terminal({
    cols,
    rows,
    scrollback: linesFor(scrollback, cols),
    allowProposedApi: true,
    logLevel: 'off',
  })
  const serializer = new SerializeAddon()
  tame(terminal, () => performance.now())
  terminal.loadAddon(serializer)
  terminal.loadAddon(new UnicodeGraphemesAddon())
  const stream = createHoldBack()
  let answers = false
  let answersNext = false
  let disposed = false
  /** What the other screen showed when it was last left: it is what people remember of a program that has ended. */
  let left: ReturnType<typeof pictureOf> | null = null
  terminal.parser.registerCsiHandler({ prefix: '?', final: 'l' }, (params) => {
    const { active } = terminal.buffer
    if (active.type === 'alternate' && params.some((param) => OTHER_SCREEN.includes(param)))
      left = pictureOf(active, terminal.rows)
    return false
  })
  terminal.onData((text) => {
    if (answers) options.answer(text)
  })

  /** What came while a keepsake is put together in slices, which must all be of one moment. */
  let waiting: (() => void)[] | null = null
  const act = (work: () => void): void => void (waiting === null ? work() : waiting.push(work))
  function goOn(): void {
    const works = waiting ?? []
    waiting = null
    for (const work of works) act(work)
  }

  function write(bytes: Uint8Array, answer: boolean, parsed: () => void): void {
    if (answer !== answersNext) {
      answersNext = answer
      terminal.write('', () => {
        answers = answer
      })
    }
    terminal.write(stream.push(bytes), parsed)
  }

  function resize(newCols: number, newRows: number): void {
    terminal.write(stream.settle(), () => {
      terminal.options.scrollback = linesFor(scrollback, newCols)
      resizeExactly(terminal, newCols, newRows)
    })
  }

  const heldText = (): string => new TextDecoder().decode(stream.held()).replace(/[\p{Cc}\ufffd].*$/su, '')

  function take(give: Parameters<HeadlessScreen['take']>[0]): void {
    const held = stream.held()
    terminal.write('', () => {
      const shown = new TextEncoder().encode(rebuild(terminal, serializer))
      const bytes = new Uint8Array(shown.length + held.length)
      bytes.set(shown)
      bytes.set(held, shown.length)
      give({ cols: terminal.cols, rows: terminal.rows, bytes })
    })
  }

  function keepsake(mostBytes: number, give: (bytes: Uint8Array<ArrayBuffer>) => void): void {
    waiting = []
    // The last character counts, too, but is not shown for that: a mark that comes later joins it, also for who attaches in between.
    const held = heldText()
    terminal.write('', () => {
      const slices = keepsakeSlices(terminal, left, held, mostBytes)
      const step = (): void => {
        const slice = disposed ? null : slices.next()
        if (slice?.done === false) return void setImmediate(step)
        give(new TextEncoder().encode(slice?.value ?? ''))
        goOn()
      }
      step()
    })
  }

  return {
    write: (bytes, answer, parsed) => act(() => write(bytes, answer, parsed)),
    resize: (newCols, newRows) => act(() => resize(newCols, newRows)),
    take: (give) => act(() => take(give)),
    keepLines(newScrollback) {
      scrollback = newScrollback
      act(() =>
        terminal.write('', () => {
          terminal.options.scrollback = linesFor(scrollback, terminal.cols)
        }),
      )
    },
    begin: () =>
      act(() =>
        terminal.write('', () => {
          left = null
        }),
      ),
    keepsake: (mostBytes, give) => act(() => keepsake(mostBytes, give)),
    restore(bytes, below) {
      const text = new TextDecoder('utf-8', { fatal: false }).decode(bytes)
      if (text.includes('\ufffd') || !isKeepsake(text)) return false
      terminal.write(text + below)
      return true
    },
    text: (maxLines, give) =>
      act(() => {
        const held = heldText()
        terminal.write('', () => give(lastLines(terminal, maxLines, held)))
      }),
    dispose() {
      disposed = true
      terminal.dispose()
    },
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
