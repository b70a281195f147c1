/** Makes the items of the view out of the list of files, the patch and what is written beside it. What did not change stays the same item. */

import { parsePatchFiles, type CodeViewDiffItem, type DiffLineAnnotation, type FileDiffMetadata } from '@pierre/diffs'
import type { DiffFile } from '../../shared/model/diff.ts'
import type { Comment } from '../../shared/model/review.ts'
import type { Writing } from './comments-kept.ts'
import { linesNow, nowOf, placeOf, topOf, type Place } from './comments.ts'
import { rowsOf } from './diff-rows.ts'
import { foldedWords } from './diff-words.ts'

/** What stands between the lines. `key`: a comment’s id, or what an editor is kept under. */
export type Note = { readonly kind: 'comment' | 'writing' | 'pictures'; readonly key: string }
export type DiffItem = CodeViewDiffItem<Note>

/** A section of the patch and what was read out of it. */
export type Parsed = { readonly text: string; readonly file: FileDiffMetadata }

/** Unchanged lines around a change, as git is asked for them. */
const CONTEXT = 3

/** Whether the file ends with the last line that its patch has. */
export function endsWithin({ hunks }: Pick<FileDiffMetadata, 'hunks'>): boolean {
  const last = hunks.at(-1)?.hunkContent.at(-1)
  return last !== undefined && (last.type === 'change' || last.lines < CONTEXT)
}

const startsWithin = ({ hunks: [first, ...others] }: Pick<FileDiffMetadata, 'hunks'>): boolean =>
  first !== undefined && others.length === 0 && first.additionStart <= 1 && first.deletionStart <= 1

let parsed = 0

/**
 * Reads sections; never throws: what cannot be read is left out. What was read before is taken from there, with its colours and
 * the lines that were shown around its changes: a section names the contents of both sides.
 */
export function parseSections(sections: readonly string[], before: ReadonlyMap<string, Parsed>): Map<string, Parsed> {
  const all = new Map<string, Parsed>()
  for (const text of sections) {
    const known = before.get(text)
    if (known !== undefined) {
      all.set(text, known)
      continue
    }
    parsed += 1
    const file = parsePatchFiles(text, { cacheKeyPrefix: `section ${parsed}` })[0]?.files[0]
    if (file === undefined) continue
    // Of a submodule there is no more than its commit; of a small file all of it may be here.
    if (/^[-+]Subproject commit /mu.test(text) || (endsWithin(file) && startsWithin(file))) file.isPartial = false
    all.set(text, { text, file })
  }
  return all
}

/** A file of the list that the patch does not have: it is beyond its end, or nothing of it has lines. */
function nothingOf({ path, oldPath, status }: DiffFile): FileDiffMetadata {
  const type = status === 'added' ? 'new' : status === 'deleted' ? 'deleted' : 'change'
  return {
    name: path,
    ...(oldPath === undefined ? {} : { prevName: oldPath }),
    type,
    hunks: [],
    splitLineCount: 0,
    unifiedLineCount: 0,
    isPartial: true,
    additionLines: [],
    deletionLines: [],
    additionCharacterCount: 0,
    deletionCharacterCount: 0,
  }
}

/** One file of the view: the row of the list, where it has one, and its part of the patch. */
export type Part = {
  readonly id: string
  readonly file: DiffFile | null
  readonly section: string | null
  readonly read: FileDiffMetadata
}

const nothing = new WeakMap<DiffFile, FileDiffMetadata>()

/** The files in the order of the list. A file that turned into a link, or back, has two sections of one name. */
export function partsOf(files: readonly DiffFile[], sections: Iterable<Parsed>): readonly Part[] {
  const byName = new Map<string, Parsed[]>()
  for (const one of sections) byName.set(one.file.name, [...(byName.get(one.file.name) ?? []), one])
  const part = (file: DiffFile | null, { text, file: read }: Parsed, index: number): Part => ({
    id: index === 0 ? read.name : `${read.name}\0${index}`,
    file,
    section: text,
    read,
  })
  const parts = files.flatMap((file): readonly Part[] => {
    const own = byName.get(file.path)
    byName.delete(file.path)
    if (own !== undefined) return own.map((one, index) => part(file, one, index))
    const read = nothing.get(file) ?? nothingOf(file)
    nothing.set(file, read)
    return [{ id: file.path, file, section: null, read }]
  })
  return [...parts, ...[...byName.values()].flatMap((own) => own.map((one, index) => part(null, one, index)))]
}

/** Whether a file is folded while nobody said otherwise. */
export function foldsByItself({ file }: Part): boolean {
  return file !== null && (file.viewed || foldedWords(file) !== null)
}

export type Beside = {
  readonly comments: ReadonlyMap<string, readonly Comment[]>
  readonly writings: ReadonlyMap<string, readonly Writing[]>
  readonly folds: ReadonlyMap<string, boolean>
}

const annotation = (place: Place, metadata: Note): DiffLineAnnotation<Note> => ({ ...place, metadata })

function notesOf({ id, file, read }: Part, { comments, writings }: Beside): DiffLineAnnotation<Note>[] {
  // What is said of the file stands at its first section.
  if (file === null || id !== file.path) return []
  const rows = rowsOf(read)
  const said = comments.get(file.path) ?? []
  const own = writings.get(file.path) ?? []
  const changed = new Set(own.flatMap((one) => one.id ?? []))
  return [
    ...(file.kind === 'image' ? [annotation(topOf(read.type), { kind: 'pictures', key: '' })] : []),
    ...said.map((one) =>
      annotation(
        placeOf(nowOf(one), rows, read.type),
        changed.has(one.id) ? { kind: 'writing', key: one.id } : { kind: 'comment', key: one.id },
      ),
    ),
    ...own
      .filter((one) => one.id === undefined)
      .map((one) => {
        const now = one.lines === null ? null : linesNow(one.lines, one.code, rows)
        return annotation(placeOf(now, rows, read.type), { kind: 'writing', key: one.key })
      }),
  ]
}

let versions = 0

/** The items; those before are used again where nothing of them changed. */
export function itemsOf(parts: readonly Part[], beside: Beside, before: ReadonlyMap<string, DiffItem>): DiffItem[] {
  return parts.map((part) => {
    const collapsed = beside.folds.get(part.id) ?? foldsByItself(part)
    const annotations = collapsed ? [] : notesOf(part, beside)
    const old = before.get(part.id)
    if (
      old?.fileDiff === part.read &&
      (old.collapsed ?? false) === collapsed &&
      JSON.stringify(old.annotations ?? []) === JSON.stringify(annotations)
    ) {
      return old
    }
    versions += 1
    return { id: part.id, type: 'diff', fileDiff: part.read, annotations, collapsed, version: versions }
  })
}
