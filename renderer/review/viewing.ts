/** Marks of files as viewed that were just asked for, until the House says the same. Pure. */

import type { DiffFile } from '../../shared/model/diff.ts'

/** `done`: the House has it. `lists`: how many lists came since that say otherwise. */
export type Mark = { readonly viewed: boolean; readonly done: boolean; readonly lists: number }
export type Marks = ReadonlyMap<string, Mark>

/** After the user asked for it. */
export function asked(marks: Marks, paths: readonly string[], viewed: boolean): Marks {
  return new Map([...marks, ...paths.map((path) => [path, { viewed, done: false, lists: 0 }] as const)])
}

/** After the House answered for these paths; `asAsked`: the marks as they were asked. One that was asked anew meanwhile waits for its own answer. */
export function answered(
  marks: Marks,
  {
    paths,
    asAsked,
    done,
    files,
  }: { readonly paths: readonly string[]; readonly asAsked: Marks; readonly done: boolean; readonly files: readonly DiffFile[] },
): Marks {
  const [said, own] = [saidBy(files), new Set(paths)]
  return new Map(
    [...marks].flatMap(([path, mark]) => {
      if (!own.has(path) || asAsked.get(path) !== mark) return [[path, mark] as const]
      return done && said.get(path) !== mark.viewed ? [[path, { ...mark, done }] as const] : []
    }),
  )
}

/** After a new list: its word counts for what was answered before it was asked for, which at most one list on its way was not. */
export function heard(marks: Marks, files: readonly DiffFile[]): Marks {
  const said = saidBy(files)
  return new Map(
    [...marks].flatMap(([path, mark]) => {
      if (!mark.done) return [[path, mark] as const]
      const now = said.get(path)
      return now === undefined || now === mark.viewed || mark.lists > 0
        ? []
        : [[path, { ...mark, lists: mark.lists + 1 }] as const]
    }),
  )
}

/** The files with the marks that were just asked for; those without stay the same. */
export function withMarks(files: readonly DiffFile[], viewing: ReadonlyMap<string, boolean>): readonly DiffFile[] {
  if (viewing.size === 0) return files
  return files.map((file) => {
    const viewed = viewing.get(file.path)
    return viewed === undefined || viewed === file.viewed ? file : { ...file, viewed }
  })
}

function saidBy(files: readonly DiffFile[]): ReadonlyMap<string, boolean> {
  return new Map(files.map(({ path, viewed }) => [path, viewed]))
}
