/** Marks files as viewed: seen at once, in the list and in the diff, and taken back where the House could not. */

import { useEffect } from 'react'
import { create } from 'zustand'
import type { DiffFile, DiffOf } from '../../shared/model/diff.ts'
import { markViewed } from '../state/review-acts.ts'
import { answered, asked, heard, type Marks } from './viewing.ts'

type One = {
  readonly marks: Marks
  readonly viewing: ReadonlyMap<string, boolean>
  readonly files: readonly DiffFile[]
  /** The commit on show, as the diff said; the list marks what is seen there. */
  readonly head: string | undefined
}

const NONE: One = { marks: new Map(), viewing: new Map(), files: [], head: undefined }

const MOST_KEPT = 8

/** By name of the session and side. */
const useMarks = create<Readonly<Record<string, One>>>()(() => ({}))

function change(key: string, next: (before: One) => Marks, files?: readonly DiffFile[], head?: string): void {
  useMarks.setState((all) => {
    const before = all[key] ?? NONE
    const marks = next(before)
    const same = marks.size === before.marks.size && [...marks].every(([path, { viewed }]) => before.viewing.get(path) === viewed)
    const viewing = same ? before.viewing : new Map([...marks].map(([path, { viewed }]) => [path, viewed]))
    // The last of them, and those that wait for an answer.
    const others = Object.entries(all).filter(([one]) => one !== key)
    const left = others.filter(([, one], at) => one.marks.size > 0 || at >= others.length - MOST_KEPT)
    return { ...Object.fromEntries(left), [key]: { marks, viewing, files: files ?? before.files, head: head ?? before.head } }
  }, true)
}

/** Takes the files on show and the commit that has them; gives those whose mark was just changed, and the way to change some. */
export function useViewing(name: string, of: DiffOf, files: readonly DiffFile[], head?: string) {
  const key = `${name} ${of}`
  const viewing = useMarks((all) => (all[key] ?? NONE).viewing)
  useEffect(() => {
    // Whoever shows them hears of them; once is enough.
    const now = useMarks.getState()[key]
    const isNew = now?.files !== files || (head !== undefined && now.head !== head)
    if (isNew) change(key, ({ marks }) => heard(marks, files), files, head)
  }, [key, files, head])
  const view = (paths: readonly string[], viewed: boolean): void => {
    change(key, ({ marks }) => asked(marks, paths, viewed))
    const { marks: asAsked, head: onShow } = useMarks.getState()[key] ?? NONE
    void markViewed(name, of, paths, viewed, head ?? onShow).then((done) =>
      change(key, (before) => answered(before.marks, { paths, asAsked, done, files: before.files })),
    )
  }
  return { viewing, view }
}
