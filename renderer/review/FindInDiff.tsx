/** Find in the diff: searches all its files, those that are not here yet as well, and goes from match to match. */

import { useEffect, useEffectEvent, useMemo, useState, type RefObject } from 'react'
import type { Part } from './diff-items.ts'
import { Finding } from './Finding.tsx'
import { clearFound, paintFound, type Painter } from './finding-marks.ts'
import { matchFrom, type Query } from './finding.ts'
import { topPart, type View, type Walk } from './use-diff-walk.ts'
import { useFinding } from './use-finding.ts'

/** What was looked for last, in any diff: most often it is wanted again. */
let last: Query = { text: '', matchCase: false }

export type FindInDiffProps = {
  readonly view: RefObject<View | null>
  readonly parts: readonly Part[]
  readonly walk: Walk
  /** Called whenever lines were drawn anew. */
  readonly painter: Painter
  /** A file whose lines are not here yet; null where all are. */
  readonly missing: string | null
  readonly onWant: (path: string) => void
  /** A match is in a file that is folded. */
  readonly onUnfold: (id: string) => void
  readonly asked: number
  readonly onClose: () => void
}

/** Draws the field. */
export function FindInDiff(props: FindInDiffProps) {
  const { view, parts, walk, painter, missing, onWant, onUnfold, asked, onClose } = props
  const [query, setQuery] = useState(last)
  const [at, setAt] = useState(-1)
  const found = useFinding(query, parts)
  const current = found?.query === query ? (found.matches[at] ?? null) : null
  const order = useMemo(() => new Map(parts.map(({ id }, index) => [id, index])), [parts])
  useEffect(() => {
    last = query
  }, [query])
  const want = useEffectEvent(onWant)
  const searches = query.text !== ''
  useEffect(() => {
    // One portion after the other.
    if (missing !== null && searches) want(missing)
  }, [missing, searches])
  useEffect(() => {
    const paint = (): void => paintFound(view.current?.getInstance()?.getRenderedItems() ?? [], query, current)
    painter.set(paint)
    paint()
    return () => painter.set(null)
  }, [view, painter, query, current])
  useEffect(() => clearFound, [])

  const step = (by: 1 | -1): void => {
    if (found === null || found.query !== query || found.matches.length === 0) return
    const { matches } = found
    const top = parts[topPart(view.current, parts)]?.id ?? ''
    const next = at === -1 ? matchFrom(matches, order, top, 0) : (at + by + matches.length) % matches.length
    const match = matches[next]
    const part = parts[order.get(match?.id ?? '') ?? -1]
    if (match === undefined || part === undefined) return
    setAt(next)
    onUnfold(part.id)
    // After the file is unfolded.
    requestAnimationFrame(() => walk.select(part, match.row, match.row))
  }
  return (
    <Finding
      query={query}
      count={found?.query === query ? found.matches.length : 0}
      at={at}
      over={found?.query === query && found.over && missing === null}
      asked={asked}
      onQuery={(next) => {
        setAt(-1)
        setQuery(next)
      }}
      onStep={step}
      onClose={onClose}
    />
  )
}
