/** Where comments stand in the diff, and what is said of them. Pure. */

import type { Comment, Lines } from '../../shared/model/review.ts'
import { numberOn, rowAt, textOf, textOfLines, type Row, type Side } from './diff-rows.ts'

/** A place in the view; line 0 is above the lines of the file. */
export type Place = { readonly side: Side; readonly lineNumber: number }

/** Above the lines: on the side that a file has. */
export function topOf(type: string): Place {
  return { side: type === 'deleted' ? 'deletions' : 'additions', lineNumber: 0 }
}

/** Whether the diff has the last of the lines, under which stands what is about them. */
export function isShown(lines: Lines | null, rows: readonly Row[]): boolean {
  return lines !== null && rowAt(rows, lines.end, lines.side === 'new' ? 'additions' : 'deletions') !== -1
}

/** Where what is about these lines stands: under the last of them, or above all where the diff does not have it. */
export function placeOf(lines: Lines | null, rows: readonly Row[], type: string): Place {
  if (lines === null) return topOf(type)
  const side: Side = lines.side === 'new' ? 'additions' : 'deletions'
  return isShown(lines, rows) ? { side, lineNumber: lines.end } : topOf(type)
}

/** The lines that a comment is about, as they are now. */
export function nowOf({ now, lines, changed }: Comment): Lines | null {
  return now ?? (changed === 'gone' ? null : lines)
}

/** Where the lines that somebody writes about stand in the diff: where they were, or in the one other place that says the same; null where they do not. */
export function linesNow(about: Lines, code: string | null, rows: readonly Row[]): Lines | null {
  if (code === null || textOfLines(rows, about) === code) return about
  const side: Side = about.side === 'new' ? 'additions' : 'deletions'
  const [wanted, own] = [code.split('\n'), rows.filter((row) => numberOn(row, side) !== null)]
  const places = own.flatMap((row, at): readonly Lines[] => {
    if (textOf(row) !== wanted[0]) return []
    const start = numberOn(row, side) ?? 0
    const place: Lines = { side: about.side, start, end: start + wanted.length - 1 }
    const there = own.slice(at, at + wanted.length)
    const isSame = there.every((one, offset) => textOf(one) === wanted[offset] && numberOn(one, side) === start + offset)
    return isSame && there.length === wanted.length ? [place] : []
  })
  return places.length === 1 ? (places[0] ?? null) : null
}

export function linesWords(lines: Lines | null): string {
  if (lines === null) return 'the file'
  const words = lines.start === lines.end ? `line ${lines.start}` : `lines ${lines.start}–${lines.end}`
  return lines.side === 'old' ? `${words} before` : words
}

/** What a comment is about, in a few words. */
export function placeWords({ path, lines, now }: Pick<Comment, 'path' | 'lines' | 'now'>): string {
  if (path === null) return 'The whole work'
  const at = now ?? lines
  if (at === null) return path
  return `${path}:${at.start === at.end ? at.start : `${at.start}–${at.end}`}`
}

const STATE: Readonly<Record<Comment['state'], string>> = { draft: 'Draft', sent: 'Sent', resolved: 'Resolved' }
const CHANGED: Readonly<Record<Comment['changed'], string | null>> = {
  no: null,
  yes: 'The code changed since',
  gone: 'The code is not there any more',
}

/** What is to be known of a comment beside its text, in the order in which it is shown. `inDiff`: its lines are in the diff on show. */
export function commentWords({ state, changed, by, lines, now }: Comment, inDiff = true): readonly string[] {
  const at = linesWords(now ?? lines)
  const moved = now !== null && lines !== null && now.start !== lines.start
  const about = `${at}${moved ? ` (${linesWords(lines)} when it was written)` : ''}${inDiff ? '' : ', not in this diff'}`
  return [
    STATE[state],
    about.charAt(0).toUpperCase() + about.slice(1),
    ...(by === undefined ? [] : [`from “${by}”`]),
    ...(CHANGED[changed] === null ? [] : [CHANGED[changed]]),
  ]
}

/** The comments of a file that its diff shows. */
export function commentsOn(comments: readonly Comment[], path: string): readonly Comment[] {
  return comments.filter((comment) => comment.path === path)
}
