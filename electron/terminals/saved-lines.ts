/**
 * What of a terminal is worth keeping over a restart, as a keepsake: lines of text and their colours, nothing that moves, switches
 * or asks. Whatever is written behind it is not confused by it. Runs in the screens worker; knows nothing of files.
 */

import type headless from '@xterm/headless'
import { style, type Attributes } from './screen-style.ts'

type Line = NonNullable<ReturnType<headless.IBuffer['getLine']>>
type Cell = ReturnType<headless.IBuffer['getNullCell']>
/** Colours and attributes as xterm.js packs them: telling cells apart by these costs a hundredth of asking for each attribute. */
type Packed = Attributes & { readonly fg: number; readonly bg: number }

export const MOST_BYTES = 4 * 1024 * 1024
const PLAIN = '\x1b[0m'
/** So many lines are put together in one go: the other terminals' bytes wait meanwhile. */
const SLICE = 500

/** The last picture of a screen that is not the normal one: refers to its lines, which xterm.js throws away as a whole. */
export function pictureOf(buffer: headless.IBuffer, rows: number): readonly Line[] {
  const lines: Line[] = []
  for (let row = 0; row < rows; row += 1) {
    const line = buffer.getLine(buffer.baseY + row)
    if (line !== undefined) lines.push(line)
  }
  return withoutBlankEnd(lines)
}

const isBlank = (line: Line): boolean => line.translateToString(true) === ''

function withoutBlankEnd(lines: readonly Line[]): readonly Line[] {
  const last = lines.findLastIndex((line) => !isBlank(line))
  return lines.slice(0, last + 1)
}

function textOf(line: Line, cell: Cell): string {
  let text = ''
  let fg = 0
  let bg = 0
  /** Up to here there is something to see. */
  let seen = 0
  let plainAtSeen = true
  for (let x = 0; x < line.length; x += 1) {
    line.getCell(x, cell)
    if (cell.getWidth() === 0) continue
    const packed = cell as unknown as Packed
    if (packed.fg !== fg || packed.bg !== bg) {
      fg = packed.fg
      bg = packed.bg
      text += style(packed)
    }
    const chars = cell.getChars()
    text += chars === '' ? ' ' : chars
    if ((chars !== '' && chars !== ' ') || !cell.isBgDefault() || cell.isInverse() !== 0) {
      seen = text.length
      plainAtSeen = fg === 0 && bg === 0
    }
  }
  return text.slice(0, seen) + (plainAtSeen ? '' : PLAIN)
}

/** A row that only wrapped is one line with the row that it continues, so that it can wrap elsewhere the next time. */
function joined(rows: readonly Line[], isContinued: boolean, cell: Cell): string {
  return (isContinued ? '' : '\r\n') + rows.map((row) => textOf(row, cell)).join('')
}

/** Takes a terminal and the last picture of its other screen, if that was left; gives the lines, the oldest cut off, in slices. */
export function* keepsakeSlices(
  terminal: headless.Terminal,
  left: readonly Line[] | null,
  mostBytes: number,
): Generator<undefined, string> {
  const { normal, alternate, active } = terminal.buffer
  const picture = active.type === 'alternate' ? pictureOf(alternate, terminal.rows) : (left ?? [])
  const cell = normal.getNullCell()
  const size = new TextEncoder()
  const lines: string[] = []
  let bytes = 0
  const keep = (line: string): boolean => {
    bytes += size.encode(line).length
    if (bytes <= mostBytes) lines.push(line)
    return bytes <= mostBytes
  }
  let room = true
  for (const row of picture.toReversed()) room &&= keep(joined([row], false, cell))
  let end = normal.length - 1
  while (end >= 0 && isBlank(normal.getLine(end)!)) end -= 1
  let count = 0
  for (let at = end; at >= 0 && room;) {
    const rows: Line[] = []
    let isContinued = true
    while (at >= 0 && isContinued) {
      const row = normal.getLine(at)
      isContinued = row?.isWrapped === true
      if (row !== undefined) rows.unshift(row)
      at -= 1
      count += 1
      if (rows.length >= SLICE) break
    }
    room = keep(joined(rows, isContinued, cell))
    if (count >= SLICE) {
      count = 0
      yield
    }
  }
  return lines.toReversed().join('').replace(/^\r\n/u, '')
}

/** True for what `keepsakeSlices` could have made: a file that says anything else is not shown. */
export function isKeepsake(text: string): boolean {
  // oxlint-disable-next-line no-control-regex
  return !/\p{Cc}/u.test(text.replaceAll(/\x1b\[[\d;]{0,60}m/gu, '').replaceAll('\r\n', ''))
}
