/**
 * The rows of a terminal as text and escape sequences that print them again, each cell where it was, in an empty terminal of the same
 * width. Written because the serialize addon 0.14 loses what only looks empty: wrapped rows without text, links, underlines.
 */

import type headless from '@xterm/headless'
import { style, type Attributes } from './screen-style.ts'

type Line = NonNullable<ReturnType<headless.IBuffer['getLine']>>
/** As xterm.js packs them: telling cells apart by numbers costs a hundredth of asking for each attribute. */
type Packed = Attributes & {
  readonly fg: number
  readonly bg: number
  readonly extended: { readonly ext: number; readonly urlId: number }
  hasExtendedAttrs(): number
}

const NOT_EXTENDED = { ext: 0, urlId: 0 }

const PLAIN = '\x1b[0m'
const NO_LINK = '\x1b]8;;\x1b\\'
/** Ideographs, kana, lines and full-width letters join nothing before them, and are many. */
const JOINS_NOTHING = /^[\u2500-\u259f\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff60]/u
const mayJoin = (chars: string): boolean => chars.charCodeAt(0) >= 0x300 && !JOINS_NOTHING.test(chars)

/** Takes one of the terminal's buffers, and what finds the address of a link; gives its rows, the first one where the cursor is. */
export function rowsOf(
  terminal: headless.Terminal,
  buffer: headless.IBuffer,
  addressOf: (link: number) => string | null,
): string {
  const { cols } = terminal
  const cell = buffer.getNullCell()
  let out = ''
  let fg = 0
  let bg = 0
  let ext = 0
  let link = 0
  /** Where the cursor is; `cols`: behind the last column, where the next character wraps. */
  let column = 0
  let text = false

  function put(sequence: string): void {
    out += sequence
    text = false
  }

  function dress(packed: Packed): void {
    // One cell is loaded after the other: without the mark it still has what an earlier one had.
    const { ext: nextExt, urlId } = packed.hasExtendedAttrs() === 0 ? NOT_EXTENDED : packed.extended
    if (packed.fg !== fg || packed.bg !== bg || nextExt !== ext) {
      fg = packed.fg
      bg = packed.bg
      ext = nextExt
      put(style(packed))
    }
    if (urlId === link) return
    const address = urlId === 0 ? null : addressOf(urlId)
    put(address === null ? NO_LINK : `\x1b]8;id=${urlId};${address}\x1b\\`)
    link = urlId
  }

  function undress(): void {
    if (fg !== 0 || bg !== 0 || ext !== 0) put(PLAIN)
    if (link !== 0) put(NO_LINK)
    fg = bg = ext = link = 0
  }

  function goTo(x: number): void {
    if (x > column) put(`\x1b[${x - column}C`)
    column = x
  }

  /** The cell is loaded. */
  function print(x: number): void {
    const chars = cell.getChars()
    goTo(x)
    dress(cell as unknown as Packed)
    if (text && mayJoin(chars)) put(`\x1b[${x + 1}G`)
    out += chars
    text = true
    column = x + cell.getWidth()
    // Of several characters in one cell, which may be as wide as they like elsewhere.
    if (chars.length > 2 && column < cols) put(`\x1b[${column + 1}G`)
  }

  function row(line: Line): void {
    let covered = -1
    for (let x = 0; x < cols; x += 1) {
      if (x === covered) continue
      line.getCell(x, cell)
      const width = cell.getWidth()
      if (cell.getChars() === '' || width === 0 || x + width > cols) {
        if (cell.isBgDefault()) continue
        goTo(x)
        dress(cell as unknown as Packed)
        put('\x1b[X')
      } else {
        print(x)
        if (width === 2) covered = x + 1
      }
    }
  }

  /** Where both rows have text at the edge it wraps by itself; elsewhere spaces make it, which are taken back. */
  function wrap(line: Line, next: Line): void {
    const isHalf = line.getCell(cols - 1, cell)?.getWidth() === 0
    const isOpen = !isHalf && cell.getChars() === ''
    next.getCell(0, cell)
    // A wide character that found no room leaves the last cell empty, but not without its own attributes.
    const early = isOpen && cell.getWidth() === 2
    const fits = column === cols || early
    if (terminal.rows === 1 || (fits && cell.getChars() !== '' && cell.getWidth() > 0 && cell.isBgDefault())) {
      if (early) goTo(cols - 1)
      undress()
      // No character joins one of the row before.
      put(PLAIN)
      column = 0
      return
    }
    undress()
    put(`\x1b[${cols}G  \x1b[A`)
    if (early) {
      put(`\x1b[${cols}G`)
      dress(cell as unknown as Packed)
      out += cell.getChars()
      undress()
      put('\r')
      column = 0
      return
    }
    const x = isHalf ? cols - 2 : cols - 1
    line.getCell(x, cell)
    put(`\x1b[${x + 1}G`)
    column = x
    if (cell.getChars() !== '' && x + cell.getWidth() <= cols) print(x)
    else {
      dress(cell as unknown as Packed)
      put(isHalf ? '\x1b[2X' : '\x1b[X')
    }
    undress()
    put('\x1b[B\r\x1b[X')
    column = 0
  }

  for (let at = 0; at < buffer.length; at += 1) {
    const line = buffer.getLine(at)
    if (line === undefined) continue
    row(line)
    // Behind its end xterm.js gives the first line again.
    const next = at + 1 < buffer.length ? buffer.getLine(at + 1) : undefined
    if (next === undefined) break
    if (next.isWrapped) wrap(line, next)
    else {
      // A row that scrolls in takes the colour that is current.
      undress()
      put('\r\n')
      column = 0
    }
  }
  undress()
  return out
}
