/** What is said of a file of the diff beside its name: why it is folded, what it is, what of it changed that has no lines. Pure. */

import type { DiffFile } from '../../shared/model/diff.ts'

const FOLDED: Readonly<Record<NonNullable<DiffFile['folded']>, string>> = {
  generated: 'Generated',
  'lock-file': 'Lock file',
  'line-endings': 'Only line endings changed',
  large: 'Large',
}

/** Why the lines of a file are folded away. */
export function foldedWords({ folded }: Pick<DiffFile, 'folded'>): string | null {
  return folded === undefined ? null : FOLDED[folded]
}

const [LINK, SUBMODULE] = ['120000', '160000']

function modeWords(before: string, after: string): string {
  if (after === LINK) return 'Became a link'
  if (before === LINK) return 'Was a link'
  if (after === SUBMODULE) return 'Became a submodule'
  if (before === SUBMODULE) return 'Was a submodule'
  const runs = (mode: string): boolean => (Number.parseInt(mode, 8) & 0o100) !== 0
  if (runs(before) !== runs(after)) return runs(after) ? 'Made executable' : 'No longer executable'
  return `Mode ${before} is ${after} now`
}

function commitWords(section: string): string {
  const [before, after] = [
    /^-Subproject commit ([0-9a-f]{7})/mu.exec(section)?.[1],
    /^\+Subproject commit ([0-9a-f]{7})/mu.exec(section)?.[1],
  ]
  const dirty = /^\+Subproject commit [0-9a-f]+-dirty/mu.test(section) ? ', with changes of its own' : ''
  if (before === undefined) return after === undefined ? 'Submodule' : `Submodule at ${after}${dirty}`
  return after === undefined ? `Submodule, was at ${before}` : `Submodule from ${before} to ${after}${dirty}`
}

function sizeWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

function storedWords(section: string): string {
  const size = (sign: string): string | null => {
    const found = new RegExp(`^[${sign}]size ([0-9]{1,15})`, 'mu').exec(section)?.[1]
    return found === undefined ? null : sizeWords(Number(found))
  }
  const [before, after] = [size('-'), size('+')]
  if (before === null) return after === null ? 'In Git LFS' : `In Git LFS, ${after}`
  return after === null ? `In Git LFS, was ${before}` : `In Git LFS, ${before}, now ${after}`
}

const STATUS: Readonly<Partial<Record<DiffFile['status'], string>>> = {
  renamed: 'Only renamed',
  copied: 'A copy',
  added: 'An empty file',
  deleted: 'Was empty',
  unmerged: 'Not merged yet',
}

/** Which image it is, where there is but one. */
export function imageWord({ status }: Pick<DiffFile, 'status'>): string {
  return status === 'added' ? 'New image' : status === 'deleted' ? 'Deleted image' : 'Image'
}

/** What there is to say of a file; `section` is its part of the patch, `lines` whether that has any. Empty where its lines say it all. */
export function fileWords(file: DiffFile, section: string | null, lines: boolean): readonly string[] {
  const words: string[] = []
  if (file.modes !== undefined) words.push(modeWords(...file.modes))
  if (file.kind === 'submodule') words.push(commitWords(section ?? ''))
  else if (file.kind === 'lfs') words.push(storedWords(section ?? ''))
  else if (file.kind === 'image') words.push(imageWord(file))
  else if (file.kind === 'link' && file.modes === undefined) words.push('Link')
  else if (file.binary) words.push('Binary')
  else if (section !== null && !lines) {
    const status = STATUS[file.status]
    if (status !== undefined) words.push(status)
  }
  return words
}
