/** Which files fit what was typed into the filter. Pure. */

import { go, snapshot, type SnapshotKey } from 'fuzzysort'
import type { DiffFile } from '../../shared/model/diff.ts'

export type Finds = {
  /** The places of the letters that were found in it, by path. */
  readonly marks: ReadonlyMap<string, readonly number[]>
  /** The one that fits best; null where none does. */
  readonly best: string | null
}

/** Some letters in the right order are enough, but not letters from anywhere. */
const GOOD_ENOUGH = 0.3
/** So few letters are in every long path: they must stand together. */
const FEW = 3

function together(files: readonly DiffFile[], query: string): Finds {
  const marks = new Map<string, readonly number[]>()
  for (const { path } of files) {
    const text = path.toLowerCase()
    // Names before folders.
    const at = text.lastIndexOf(query)
    if (at !== -1)
      marks.set(
        path,
        Array.from({ length: query.length }, (_, step) => at + step),
      )
  }
  const starts = [...marks].find(([path, [first = 0]]) => first === path.lastIndexOf('/') + 1)
  return { marks, best: starts?.[0] ?? marks.keys().next().value ?? null }
}

/** Takes the files, and gives the search over them; null while nothing is typed. */
export function findingIn(files: readonly DiffFile[]): (typed: string) => Finds | null {
  let prepared: SnapshotKey<DiffFile> | null = null
  return (typed) => {
    const query = typed.trim()
    if (query === '') return null
    if (query.length <= FEW) return together(files, query.toLowerCase())
    prepared ??= snapshot([...files], { key: 'path' })
    const found = go(query, prepared, { threshold: GOOD_ENOUGH })
    return { marks: new Map(found.map(({ obj, indexes }) => [obj.path, indexes])), best: found[0]?.obj.path ?? null }
  }
}
