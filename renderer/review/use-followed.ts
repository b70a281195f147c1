/** Keeps what is selected on the lines that it was, when the diff under it becomes another one; where they are gone, nothing is selected. */

import { useEffect, useEffectEvent, useRef, type RefObject } from 'react'
import { linesNow } from './comments.ts'
import type { Part } from './diff-items.ts'
import { pickedOf, rowAt, rowsOf, spanOf, textOf, type Picked, type Row } from './diff-rows.ts'
import { withoutHoles, type Selection, type View } from './use-diff-walk.ts'

/** The rows that were selected, as those of another state of the file; null where they are not there, or not for sure. */
export function followed(before: readonly Row[], picked: Picked, now: readonly Row[]): Picked | null {
  const span = spanOf(before, picked)
  if (span === null) return null
  const [from, to] = span
  const first = before[from]
  if (first === undefined) return null
  const side = first.new === null ? 'old' : 'new'
  const start = first.new ?? first.old ?? 0
  const place = linesNow({ side, start, end: start }, textOf(first), now)
  if (place === null) return null
  const at = rowAt(now, place.start, side === 'new' ? 'additions' : 'deletions')
  const isSame = before.slice(from, to + 1).every((row, offset) => {
    const other = now[at + offset]
    return other?.text === row.text && (other.old === null) === (row.old === null) && (other.new === null) === (row.new === null)
  })
  return at === -1 || !isSame ? null : pickedOf(now, at, at + to - from)
}

type Followed = {
  readonly view: RefObject<View | null>
  readonly partOf: ReadonlyMap<string, Part>
  readonly selection: Selection | null
}

/** Takes the view, its files and what is selected. */
export function useFollowed({ view, partOf, selection }: Followed): void {
  const was = useRef<{ readonly id: string | undefined; readonly read: Part['read'] | undefined } | null>(null)
  const follow = useEffectEvent((read: Part['read'] | undefined): void => {
    const before = was.current
    was.current = { id: selection?.id, read }
    if (selection === null || before?.id !== selection.id || before.read === undefined || before.read === read) return
    const next = read === undefined ? null : followed(rowsOf(before.read), selection.range, rowsOf(read))
    view.current?.setSelectedLines(next === null ? null : { id: selection.id, range: withoutHoles(next) })
  })
  const read = partOf.get(selection?.id ?? '')?.read
  useEffect(() => follow(read), [read])
}
