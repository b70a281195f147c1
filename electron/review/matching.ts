/** Where the lines of a comment are in a file as it is now. Pure. */

import type { Comment, Lines } from '../../shared/model/review.ts'

export type Place = Pick<Comment, 'changed' | 'now'>

const GONE: Place = { changed: 'gone', now: null }
const CHANGED: Place = { changed: 'yes', now: null }

/** The lines of a text, without what ends them: files that differ in line ends alone have the same lines. */
export function linesOf(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
  if (lines.at(-1) === '') lines.pop()
  return lines
}

function standsAt(file: readonly string[], quoted: readonly string[], at: number): boolean {
  return at >= 0 && at + quoted.length <= file.length && quoted.every((line, offset) => file[at + offset] === line)
}

/** The one place, from 0, where the lines stand; null where that is none or more than one. Takes at most some steps a line, whatever is in the file. */
function onlyPlace(file: readonly string[], quoted: readonly string[]): number | null {
  // Knuth, Morris and Pratt: a file of a hundred thousand equal lines is no trap.
  const back: number[] = [0]
  for (let at = 1, length = 0; at < quoted.length; at += 1) {
    while (length > 0 && quoted[at] !== quoted[length]) length = back[length - 1] ?? 0
    if (quoted[at] === quoted[length]) length += 1
    back.push(length)
  }
  let found: number | null = null
  for (let at = 0, length = 0; at < file.length; at += 1) {
    while (length > 0 && file[at] !== quoted[length]) length = back[length - 1] ?? 0
    if (file[at] === quoted[length]) length += 1
    if (length < quoted.length) continue
    if (found !== null) return null
    found = at - quoted.length + 1
    length = back[length - 1] ?? 0
  }
  return found
}

/**
 * Takes the lines that a comment is about, as they were, and the file's lines now (null: there is no such file). They are where they
 * were, or in one other place only; otherwise the code under the comment is another one.
 */
export function placeOf(lines: Lines, quoted: readonly string[], file: readonly string[] | null): Place {
  if (file === null) return GONE
  const was = lines.start - 1
  if (standsAt(file, quoted, was)) return { changed: 'no', now: lines }
  const at = quoted.length === 0 ? null : onlyPlace(file, quoted)
  if (at === null) return CHANGED
  return { changed: 'no', now: { side: lines.side, start: at + 1, end: at + quoted.length } }
}

/** The same for a comment on a whole file, by what it held and holds; null: there is no such file. */
export function fileChanged(before: string | null, now: string | null): Place {
  if (before === now) return { changed: 'no', now: null }
  return now === null ? GONE : CHANGED
}
