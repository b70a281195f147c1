/**
 * Turns a headless terminal into the escape sequences that rebuild it: its rows, the modes that the serialize addon 0.14 knows, and
 * the rest (hidden cursor, mouse encoding, margins, saved cursor, character sets, origin mode), which is read here from inner parts
 * of xterm.js 6.0.0 that its public API does not show.
 */

import type { SerializeAddon } from '@xterm/addon-serialize'
import type headless from '@xterm/headless'
import { rowsOf } from './screen-rows.ts'
import { style, type Attributes } from './screen-style.ts'

type Charset = Readonly<Record<string, string>> | undefined
type Buffer = {
  readonly x: number
  readonly y: number
  readonly ybase: number
  readonly savedX: number
  readonly savedY: number
  readonly savedCurAttrData: Attributes
  readonly savedCharset: Charset
  readonly scrollTop: number
  readonly scrollBottom: number
}
type Inner = {
  readonly coreService: {
    readonly isCursorHidden: boolean
    readonly decPrivateModes: { readonly cursorStyle?: string; readonly cursorBlink?: boolean; readonly origin: boolean }
  }
  readonly coreMouseService: { readonly activeEncoding: string }
  readonly _oscLinkService: { getLinkData(link: number): { readonly uri: string } | undefined }
  readonly _charsetService: { readonly glevel: number; readonly charset: Charset }
  readonly _inputHandler: { readonly _curAttrData: Attributes }
  readonly buffers: { readonly normal: Buffer; readonly alt: Buffer; readonly active: Buffer }
}

const CURSOR_STYLES: Readonly<Record<string, number>> = { block: 1, underline: 3, bar: 5 }
const G_SETS = ['(', ')', '*', '+'] as const

/** Only the line-drawing set matters today; a national set shows a few other letters until it is designated anew. */
const isLineDrawing = (charset: Charset): boolean => charset?.['q'] === '─'

/** Takes a terminal and its serialize addon; gives what rebuilds screen, scrollback, modes and cursor in an empty terminal of its size. */
export function rebuild(terminal: headless.Terminal, serializer: SerializeAddon): string {
  const { normal, alt, active } = innerOf(terminal).buffers
  const { _oscLinkService: links } = innerOf(terminal)
  const addressOf = (link: number): string | null => links.getLinkData(link)?.uri ?? null
  const screen = rowsOf(terminal, terminal.buffer.normal, addressOf)
  if (active === normal) {
    const restsBelow = `\x1b[?1047h${saveCursor(terminal, alt)}\x1b[?1047l\x1b[0m\x1b[H`
    return restsBelow + savedAbove(terminal, normal) + screen + modes(terminal, serializer) + stateOf(terminal, active)
  }
  return (
    savedAbove(terminal, normal) +
    screen +
    margins(terminal, normal) +
    savedBelow(terminal, normal) +
    // Where the cursor stands there decides which rows go when the window gets lower.
    place(terminal, normal.x, normal.y) +
    // Not by 1049: it would save the cursor, and colour the other screen, with what is current only now.
    '\x1b[0m\x1b[?1047h\x1b[H' +
    rowsOf(terminal, terminal.buffer.alternate, addressOf) +
    modes(terminal, serializer) +
    stateOf(terminal, active)
  )
}

function innerOf(terminal: headless.Terminal): Inner {
  const { _core: inner } = terminal as unknown as { readonly _core: Inner }
  return inner
}

/** What the next character would look like. */
export function currentOf(terminal: headless.Terminal): Attributes {
  const { _inputHandler: input } = innerOf(terminal)
  const { _curAttrData: current } = input
  return current
}

const place = (terminal: headless.Terminal, x: number, y: number): string =>
  `\x1b[${y + 1};${Math.min(x, terminal.cols - 1) + 1}H`

/** The addon's own list of modes, without the one that moves the cursor. */
function modes(terminal: headless.Terminal, serializer: SerializeAddon): string {
  // It lists them only behind some content: behind one line here, which is cut off again.
  const line = { range: { start: terminal.buffer.normal.baseY, end: terminal.buffer.normal.baseY }, excludeAltBuffer: true }
  return serializer
    .serialize(line)
    .slice(serializer.serialize({ ...line, excludeModes: true }).length)
    .replace('\x1b[?6h', '')
}

const margins = (terminal: headless.Terminal, { scrollTop, scrollBottom }: Buffer): string =>
  scrollTop === 0 && scrollBottom === terminal.rows - 1 ? '' : `\x1b[${scrollTop + 1};${scrollBottom + 1}r`

/** Behind the last column the cursor waits to wrap: only printing there brings it back. */
function moveCursor(terminal: headless.Terminal, buffer: Buffer, origin: boolean): string {
  const row = origin ? buffer.y - buffer.scrollTop : buffer.y
  if (buffer.x < terminal.cols) return place(terminal, buffer.x, row)
  const line = terminal.buffer.active.getLine(buffer.ybase + buffer.y)
  const last = line?.getCell(terminal.cols - 1)
  const isHalf = last?.getWidth() === 0
  const cell = isHalf ? line?.getCell(terminal.cols - 2) : last
  if (cell === undefined) return place(terminal, buffer.x, row)
  const there = place(terminal, terminal.cols - (isHalf ? 2 : 1), row) + style(cell)
  // Erasing a whole row leaves the cursor behind its end.
  if (cell.getChars() === '' && line?.translateToString(true) === '') return `${there} \x1b[${line.isWrapped ? 1 : 2}K`
  return there + (cell.getChars() || ' ')
}

/** Saved above what is shown now: as a row of all that is kept, so it is saved before anything scrolls. */
const savedAbove = (terminal: headless.Terminal, buffer: Buffer): string =>
  buffer.savedY < buffer.ybase ? `${saveCursor(terminal, buffer, 0)}\x1b[0m\x1b[H` : ''
const savedBelow = (terminal: headless.Terminal, buffer: Buffer): string =>
  buffer.savedY < buffer.ybase ? '' : saveCursor(terminal, buffer)

function saveCursor(terminal: headless.Terminal, buffer: Buffer, above = buffer.ybase): string {
  const drawing = isLineDrawing(buffer.savedCharset)
  const at = place(terminal, buffer.savedX, Math.max(buffer.savedY - above, 0))
  return `${drawing ? '\x1b(0' : ''}${style(buffer.savedCurAttrData)}${at}\x1b7${drawing ? '\x1b(B' : ''}`
}

/** Margins, saved and current cursor, then what does not move it. */
function stateOf(terminal: headless.Terminal, buffer: Buffer): string {
  const {
    coreService,
    coreMouseService,
    _charsetService: { charset, glevel },
  } = innerOf(terminal)
  const { origin, cursorStyle, cursorBlink } = coreService.decPrivateModes
  let text = margins(terminal, buffer) + savedBelow(terminal, buffer)
  text += `${origin ? '\x1b[?6h' : ''}${moveCursor(terminal, buffer, origin)}`
  text += style(currentOf(terminal))
  if (isLineDrawing(charset)) text += `\x1b${G_SETS[glevel] ?? '('}0`
  if (glevel === 1) text += '\x0e'
  if (coreMouseService.activeEncoding === 'SGR') text += '\x1b[?1006h'
  if (coreMouseService.activeEncoding === 'SGR_PIXELS') text += '\x1b[?1016h'
  const shape = CURSOR_STYLES[cursorStyle ?? '']
  if (shape !== undefined) text += `\x1b[${cursorBlink === false ? shape + 1 : shape} q`
  if (coreService.isCursorHidden) text += '\x1b[?25l'
  return text
}
