/** The place of the keyboard in a diff: the lines that are selected, and the ways from change to change and from line to line. */

import type { CodeViewLineSelection } from '@pierre/diffs'
import type { CodeViewHandle } from '@pierre/diffs/react'
import { useRef, type RefObject } from 'react'
import { toast } from '../state/store.ts'
import type { DiffItem, Note, Part } from './diff-items.ts'
import { pickedOf, pointOf, rowsOf, spanOf } from './diff-rows.ts'
import { endOf, stepFrom, stopsOf, type Stop } from './diff-walk.ts'

export type View = CodeViewHandle<Note, undefined>
export type Selection = CodeViewLineSelection

/** The file at the top of what is in sight. */
export function topPart(view: View | null, parts: readonly Part[]): number {
  const instance = view?.getInstance()
  if (instance === undefined) return -1
  const top = instance.getScrollTop() + 1
  let [low, high] = [0, parts.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((instance.getTopForItem(parts[middle]?.id ?? '') ?? 0) <= top) low = middle
    else high = middle - 1
  }
  return parts.length === 0 ? -1 : low
}

/** How many rows of a file are over what is in sight. */
function rowsAbove(view: View | null, part: Part | undefined, header: number): number {
  const instance = view?.getInstance()
  const drawn = instance?.getRenderedItems().find(({ id }) => id === part?.id)
  if (instance === undefined || part === undefined || drawn?.type !== 'diff') return 0
  const rows = rowsOf(part.read)
  const top = instance.getScrollTop() - (instance.getTopForItem(part.id) ?? 0)
  if (top <= 0) return 0
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const row = rows[middle]
    const { line, side } = row === undefined ? { line: 0, side: undefined } : pointOf(row)
    // Under the header, which stays.
    const isAbove = (drawn.instance.getLinePosition(line, side)?.top ?? 0) < top + header
    if (isAbove) low = middle + 1
    else high = middle
  }
  return low
}

/** The file that was gone to, where it is in sight but too near to the end to come to the top. */
export function goneTo(view: View | null, scroller: HTMLElement | null, path: string | null): string | null {
  const instance = view?.getInstance()
  if (instance === undefined || scroller === null || path === null) return null
  const atEnd = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop <= 1
  return atEnd && (instance.getTopForItem(path) ?? -1) > instance.getScrollTop() ? path : null
}

export type Walk = {
  /** Selects the rows of a file and brings them into sight. */
  select(part: Part, from: number, to: number, align?: 'center' | 'nearest'): void
  change(step: 1 | -1): void
  /** Moves what is selected by a line, or one end of it; false while nothing is. */
  line(step: 1 | -1, extend: boolean): boolean
}

type Walked = {
  readonly view: RefObject<View | null>
  readonly parts: readonly Part[]
  readonly items: readonly DiffItem[]
  readonly selection: Selection | null
  /** How high the header of a file is. */
  readonly header: () => number
}

/** Takes what is on show; gives the ways through it. */
export function useDiffWalk({ view, parts, items, selection, header }: Walked): Walk {
  /** The end that moves, of a selection that was made here. */
  const head = useRef<{ readonly of: Selection; readonly from: number; readonly to: number } | null>(null)

  const select: Walk['select'] = (part, from, to, align = 'center') => {
    const range = pickedOf(rowsOf(part.read), from, to)
    if (range === null) return
    const of: Selection = { id: part.id, range: withoutHoles(range) }
    head.current = { of, from, to }
    view.current?.setSelectedLines(of)
    view.current?.scrollTo({ type: 'range', id: part.id, range: of.range, align, behavior: 'instant' })
  }
  const here = (): { readonly part: Part; readonly from: number; readonly to: number } | null => {
    const part = parts.find(({ id }) => id === selection?.id)
    if (selection === null || part === undefined) return null
    const own = head.current
    if (own !== null && JSON.stringify(own.of) === JSON.stringify(selection)) return { part, from: own.from, to: own.to }
    const span = spanOf(rowsOf(part.read), selection.range)
    return span === null ? null : { part, from: span[0], to: span[1] }
  }
  const place = (step: 1 | -1): Stop => {
    const at = here()
    if (at !== null) return { part: parts.indexOf(at.part), row: Math.min(at.from, at.to) }
    // The top of the first file is before its first change, and after all of the file before it.
    const top = Math.max(0, topPart(view.current, parts))
    const above = rowsAbove(view.current, parts[top], header())
    return { part: top, row: step === 1 || above === 0 ? above - 1 : above }
  }
  return {
    select,
    change(step) {
      const next = stepFrom(
        stopsOf(parts, (index) => items[index]?.collapsed === true),
        place(step),
        step,
      )
      if (next === null) {
        toast({ tone: 'done', message: step === 1 ? 'This is the last change.' : 'This is the first change.' })
        return
      }
      const part = parts[next.part]
      if (part === undefined) return
      if (next.row !== -1) return select(part, next.row, endOf(rowsOf(part.read), next.row))
      view.current?.setSelectedLines(null)
      view.current?.scrollTo({ type: 'item', id: part.id, align: 'start', behavior: 'instant' })
    },
    line(step, extend) {
      const at = here()
      if (at === null) return false
      const to = at.to + step
      if (rowsOf(at.part.read)[to] !== undefined) {
        select(at.part, extend ? at.from : to, to, 'nearest')
        return true
      }
      if (extend) return true
      // On to the next file that shows lines.
      for (let index = parts.indexOf(at.part) + step; index >= 0 && index < parts.length; index += step) {
        const part = parts[index]
        if (part === undefined || items[index]?.collapsed === true) continue
        const { length } = rowsOf(part.read)
        if (length === 0) continue
        const row = step === 1 ? 0 : length - 1
        select(part, row, row, 'nearest')
        break
      }
      return true
    },
  }
}

/** The library tells an absent side from an undefined one. */
export function withoutHoles({
  start,
  end,
  side = 'additions',
  endSide = side,
}: NonNullable<ReturnType<typeof pickedOf>>): Selection['range'] {
  return { start, end, side, endSide }
}
