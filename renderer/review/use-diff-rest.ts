/** The sections of a diff: those of its patch, and those beyond its end, which come in portions as somebody gets to them. */

import { useEffect, useMemo, useRef, useState } from 'react'
import type { DiffFile, DiffOf } from '../../shared/model/diff.ts'
import { ask } from '../state/house.ts'
import { sectionsOf } from './diff-sections.ts'
import type { ShownDiff } from './use-diff.ts'

/** What became of a file beyond the end that was asked for. */
export type Beyond = { readonly kind: 'coming' } | { readonly kind: 'failed'; readonly message: string }

type Rest = {
  readonly of: ShownDiff
  readonly sections: readonly string[]
  /** Files, by path, that were asked for and are not here. */
  readonly beyond: ReadonlyMap<string, Beyond>
}

const NONE: ReadonlyMap<string, Beyond> = new Map()
const nothingOf = (of: ShownDiff): Rest => ({ of, sections: [], beyond: NONE })

const TOO_LONG = 'This file is too long to be shown here. Open it in your editor.'

/** Takes the diff on show; gives its sections, what became of the files that were asked for, and the way to ask for a portion. */
export function useDiffRest(shown: ShownDiff, name: string, of: DiffOf) {
  const [rest, setRest] = useState(() => nothingOf(shown))
  const first = useMemo(() => {
    const sections = sectionsOf(shown.patch)
    // The last one was cut somewhere.
    return shown.truncated ? sections.slice(0, -1) : sections
  }, [shown])
  const own = rest.of === shown ? rest : null
  const sections = useMemo(() => (own === null ? first : [...first, ...own.sections]), [first, own])
  const alive = useRef(true)
  useEffect(() => {
    alive.current = true
    return () => {
      alive.current = false
    }
  }, [])

  const change = (next: (rest: Rest) => Rest): void => {
    if (alive.current) setRest((before) => next(before.of === shown ? before : nothingOf(shown)))
  }
  const mark = (paths: readonly string[], beyond: Beyond): void =>
    change((before) => ({ ...before, beyond: new Map([...before.beyond, ...paths.map((path) => [path, beyond] as const)]) }))

  const load = async (files: readonly DiffFile[]): Promise<void> => {
    const paths = files.map(({ path }) => path)
    mark(paths, { kind: 'coming' })
    // Without its old name a file that was renamed would be a new one.
    const named = files.flatMap(({ path, oldPath }) => (oldPath === undefined ? [path] : [oldPath, path]))
    const answer = await ask('diff.patch', { name, of, paths: named, ...(shown.blanks ? {} : { blanks: false }) })
    if (!answer.ok) return mark(paths, { kind: 'failed', message: answer.failure.message })
    // Of another commit: the whole diff is on its way again.
    if (answer.value.head !== shown.head) return
    if (answer.value.truncated) {
      if (files.length === 1) return mark(paths, { kind: 'failed', message: TOO_LONG })
      // Longer than their numbers of lines said: half of them.
      const half = Math.ceil(files.length / 2)
      await load(files.slice(0, half))
      return load(files.slice(half))
    }
    const came = sectionsOf(answer.value.patch)
    change((before) => ({
      of: shown,
      sections: [...before.sections, ...came],
      beyond: new Map([...before.beyond].filter(([path]) => !paths.includes(path))),
    }))
  }
  return { sections, beyond: own?.beyond ?? NONE, load }
}
