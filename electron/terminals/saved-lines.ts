/**
 * What of a terminal is worth keeping over a restart, as a keepsake: lines of text and their colours, nothing that moves, switches
 * or asks. Whatever is written behind it is not confused by it. Runs in the screens worker; knows nothing of files.
 */

import type headless from '@xterm/headless'
import { currentOf } from './screen-state.ts'
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
export function pictureOf(buffer: headless.IBuffer, rows: number, least = 0): readonly Line[] {
  const lines: Line[] = []
  for (let row = 0; row < rows; row += 1) {
    const line = buffer.getLine(buffer.baseY + row)
    if (line !== undefined) lines.push(line)
  }
  const last = lines.findLastIndex((line) => !isBlank(line))
  return lines.slice(0, Math.max(last + 1, least))
}

const isBlank = (line: Line): boolean => line.translateToString(true) === ''

/** What was printed where the cursor is and is not shown yet, because the next bytes may still change it. */
type Held = { readonly x: number; readonly text: string; readonly packed: Packed }

function textOf(line: Line, cell: Cell, held: Held | null): string {
  let text = ''
  let fg = 0
  let bg = 0
  /** Up to here there is something to see. */
  let seen = 0
  let plainAtSeen = true
  function dress(packed: Packed): void {
    if (packed.fg === fg && packed.bg === bg) return
    fg = packed.fg
    bg = packed.bg
    text += style(packed)
  }
  function see(): void {
    seen = text.length
    plainAtSeen = fg === 0 && bg === 0
  }
  function putHeld({ packed, text: more }: Held): void {
    dress(packed)
    text += more
    see()
  }
  for (let x = 0; x < line.length; x += 1) {
    if (held !== null && x >= held.x && x < held.x + [...held.text].length) {
      if (x === held.x) putHeld(held)
      continue
    }
    line.getCell(x, cell)
    if (cell.getWidth() === 0) continue
    dress(cell as unknown as Packed)
    const chars = cell.getChars()
    text += chars === '' ? ' ' : chars
    if ((chars !== '' && chars !== ' ') || !cell.isBgDefault() || cell.isInverse() !== 0) see()
  }
  if (held !== null && held.x >= line.length) putHeld(held)
  return text.slice(0, seen) + (plainAtSeen ? '' : PLAIN)
}

/** A row that only wrapped is one line with the row that it continues, so that it can wrap elsewhere the next time. */
function joined(rows: readonly string[], isContinued: boolean): string {
  return (isContinued ? '' : '\r\n') + rows.join('')
}

/**
 * Takes a terminal, the last picture of its other screen, if that was left, and what is printed and not shown yet; gives the lines, the
 * oldest cut off, in slices.
 */
export function* keepsakeSlices(
  terminal: headless.Terminal,
  left: readonly Line[] | null,
  heldText: string,
  mostBytes: number,
): Generator<undefined, string> {
  const { normal, alternate, active } = terminal.buffer
  const isOther = active.type === 'alternate'
  const hasHeld = heldText !== ''
  const picture = isOther ? pictureOf(alternate, terminal.rows, hasHeld ? active.cursorY + 1 : 0) : (left ?? [])
  const cell = normal.getNullCell()
  const held: Held = { x: active.cursorX, text: heldText, packed: currentOf(terminal) as Packed }
  const heldAt = hasHeld ? active.baseY + active.cursorY : -1
  const size = new TextEncoder()
  const lines: string[] = []
  let bytes = 0
  const keep = (line: string): boolean => {
    bytes += size.encode(line).length
    if (bytes <= mostBytes) lines.push(line)
    return bytes <= mostBytes
  }
  let room = true
  for (let at = picture.length - 1; at >= 0 && room; at -= 1)
    room = keep(joined([textOf(picture[at]!, cell, isOther && at === heldAt ? held : null)], false))
  let end = normal.length - 1
  while (end >= 0 && (isOther || end !== heldAt) && isBlank(normal.getLine(end)!)) end -= 1
  let count = 0
  for (let at = end; at >= 0 && room;) {
    const rows: string[] = []
    let isContinued = true
    while (at >= 0 && isContinued) {
      const row = normal.getLine(at)
      isContinued = row?.isWrapped === true
      if (row !== undefined) rows.unshift(textOf(row, cell, !isOther && at === heldAt ? held : null))
      at -= 1
      count += 1
      if (rows.length >= SLICE) break
    }
    room = keep(joined(rows, isContinued))
    if (count >= SLICE) {
      count = 0
      yield
    }
  }
  return lines.toReversed().join('').replace(/^\r\n/u, '')
}

/** One keepsake below another one, of which the oldest lines are cut off. */
export function below(above: Uint8Array, bytes: Uint8Array, mostBytes: number): Uint8Array<ArrayBuffer> {
  const end = new TextEncoder().encode('\r\n')
  const most = mostBytes - bytes.length - end.length
  let from = Math.max(0, above.length - most)
  // Only a line end has this byte.
  if (from > 0) from = above.indexOf(10, from - 1) + 1 || above.length
  const kept = above.subarray(from)
  const all = new Uint8Array(kept.length === 0 ? bytes.length : kept.length + end.length + bytes.length)
  all.set(kept)
  if (kept.length > 0) all.set(end, kept.length)
  all.set(bytes, all.length - bytes.length)
  return all
}

/** True for what `keepsakeSlices` could have made: a file that says anything else is not shown. */
export function isKeepsake(text: string): boolean {
  // oxlint-disable-next-line no-control-regex
  return !/\p{Cc}/u.test(text.replaceAll(/\x1b\[[\d;]{0,60}m/gu, '').replaceAll('\r\n', ''))
}
