/** What is said of a changed file in the list, by signs and in words. Pure. */

import type { DiffFile, FileStatus } from '../../shared/model/diff.ts'
import { counted, splitPath } from '../state/format.ts'
import { fileWords, foldedWords } from './diff-words.ts'

export const STATUS: Readonly<Record<FileStatus, { readonly letter: string; readonly word: string }>> = {
  added: { letter: 'A', word: 'Added' },
  modified: { letter: 'M', word: 'Modified' },
  deleted: { letter: 'D', word: 'Deleted' },
  renamed: { letter: 'R', word: 'Renamed' },
  copied: { letter: 'C', word: 'Copied' },
  'type-changed': { letter: 'T', word: 'Type changed' },
  unmerged: { letter: 'U', word: 'Not merged' },
}

const KIND: Readonly<Record<NonNullable<DiffFile['kind']>, string>> = {
  image: 'image',
  submodule: 'submodule',
  lfs: 'LFS',
  link: 'link',
}

/** What it is, shortly, where it is no text of which lines are counted. */
export function tagOf({ kind, binary, modes }: DiffFile): string | null {
  if (kind !== undefined) return KIND[kind]
  if (binary) return 'binary'
  return modes === undefined ? null : 'mode'
}

/** What it was called: its name alone where it stayed in its folder. */
export function wasOf({ path, oldPath }: DiffFile): string | null {
  if (oldPath === undefined) return null
  const [before, now] = [splitPath(oldPath), splitPath(path)]
  return before.folder === now.folder ? before.name : oldPath
}

/** Everything about it in words: its name for a screen reader, and what the pointer is told. */
export function wordsOf(file: DiffFile, comments: number): string {
  const { path, oldPath, status, insertions, deletions, binary } = file
  const folded = foldedWords(file)
  const before = status === 'copied' ? 'copied from' : 'was'
  return [
    path,
    ...(oldPath === undefined ? [] : [`${before} ${oldPath}`]),
    STATUS[status].word,
    ...fileWords(file, null, true),
    ...(folded === null ? [] : [folded]),
    ...(binary || insertions + deletions === 0 ? [] : [`${insertions} added, ${deletions} removed`]),
    ...(comments === 0 ? [] : [counted(comments, 'comment')]),
  ].join(', ')
}
