/** The items of the view, and what each of them is about; what did not change since the last time stays the same item. */

import { useMemo, useState } from 'react'
import type { Comment } from '../../shared/model/review.ts'
import { useWritings, type Writing } from './comments-kept.ts'
import { itemsOf, parseSections, partsOf, type Beside, type DiffItem, type Parsed, type Part } from './diff-items.ts'
import type { ShownDiff } from './use-diff.ts'

function byPath<One extends { readonly path: string | null }>(all: readonly One[]): ReadonlyMap<string, readonly One[]> {
  const map = new Map<string, One[]>()
  for (const one of all) if (one.path !== null) map.set(one.path, [...(map.get(one.path) ?? []), one])
  return map
}

export type Items = {
  readonly parts: readonly Part[]
  readonly items: DiffItem[]
  readonly partOf: ReadonlyMap<string, Part>
  readonly comments: ReadonlyMap<string, Comment>
  readonly commentsOf: ReadonlyMap<string, readonly Comment[]>
  readonly writings: ReadonlyMap<string, Writing>
}

type Asked = {
  readonly session: string
  readonly shown: ShownDiff
  readonly sections: readonly string[]
  readonly comments: readonly Comment[]
  readonly folds: ReadonlyMap<string, boolean>
  /** Files, by path, whose mark was just set or taken away. */
  readonly viewing: ReadonlyMap<string, boolean>
}

/** Remembers what it made last. */
function createMaker() {
  let read: ReadonlyMap<string, Parsed> = new Map()
  let made: ReadonlyMap<string, DiffItem> = new Map()
  return {
    read(sections: readonly string[]): ReadonlyMap<string, Parsed> {
      read = parseSections(sections, read)
      return read
    },
    make(parts: readonly Part[], beside: Beside): DiffItem[] {
      const items = itemsOf(parts, beside, made)
      made = new Map(items.map((item) => [item.id, item]))
      return items
    },
  }
}

/** Takes what is on show and what is written beside it. */
export function useDiffItems({ session, shown, sections, comments, folds, viewing }: Asked): Items {
  const all = useWritings((kept) => kept.all)
  const [maker] = useState(createMaker)
  const read = useMemo(() => maker.read(sections), [maker, sections])
  const parts = useMemo(() => {
    const files = shown.diff.files.map((file) => {
      const viewed = viewing.get(file.path)
      return viewed === undefined || viewed === file.viewed ? file : { ...file, viewed }
    })
    return partsOf(files, read.values())
  }, [shown, read, viewing])
  const partOf = useMemo(() => new Map(parts.map((part) => [part.id, part])), [parts])
  const own = useMemo(() => all.filter((one) => one.session === session), [all, session])
  const commentsOf = useMemo(() => byPath(comments), [comments])
  const items = useMemo(
    () => maker.make(parts, { comments: commentsOf, writings: byPath(own), folds }),
    [maker, parts, commentsOf, own, folds],
  )
  return {
    parts,
    items,
    partOf,
    commentsOf,
    comments: useMemo(() => new Map(comments.map((comment) => [comment.id, comment])), [comments]),
    writings: useMemo(() => new Map(own.map((one) => [one.key, one])), [own]),
  }
}
