/** What a tab says of its overlaps: real clashes first, then files that two merely share, then what lies outside the scope. Pure. */

import type { Overlap, OverlapPair } from '../../shared/model/overlap.ts'
import { counted } from '../state/format.ts'

export type Overlapping = {
  readonly kind: 'clash' | 'same-file' | 'out-of-scope'
  /** Sessions (or the target) it clashes or shares files with; of `out-of-scope`, files. */
  readonly count: number
  /** Whole sentences, for the tooltip and for a screen reader. */
  readonly sentence: string
}

/** More names than these are only counted. */
const NAMED = 2

/** The House names the first files of a long list, and counts the others. */
type Listed = { readonly files: readonly string[]; readonly more?: number | undefined }

const countOf = ({ files, more = 0 }: Listed): number => files.length + more

function named(list: Listed): string {
  const first = list.files.slice(0, NAMED).join(', ')
  const count = countOf(list)
  return count <= NAMED ? first : `${first} and ${(count - NAMED).toLocaleString('en')} more`
}

function other({ a, b }: OverlapPair, name: string, target: string): string {
  const who = a === name ? b : a
  return who === 'target' ? target : `“${who}”`
}

/** Takes what overlaps, a session's name and the target's; gives what its tab says, null for nothing. */
export function overlappingOf(overlap: Overlap, name: string, target: string): Overlapping | null {
  const pairs = overlap.pairs.filter(({ a, b }) => a === name || b === name)
  const outside = overlap.outOfScope.find(({ session }) => session === name) ?? null
  const sentences = [
    ...pairs.filter(({ kind }) => kind === 'clash').map((pair) => `Clashes with ${other(pair, name, target)} in ${named(pair)}.`),
    ...pairs
      .filter(({ kind }) => kind === 'same-file')
      .map((pair) => `Changes ${named(pair)} like ${other(pair, name, target)}; git can merge that.`),
    ...(outside === null ? [] : [`Changed ${counted(countOf(outside), 'file')} outside its scope: ${named(outside)}.`]),
  ]
  if (sentences.length === 0) return null
  const sentence = sentences.join(' ')
  const clashes = pairs.filter(({ kind }) => kind === 'clash').length
  if (clashes > 0) return { kind: 'clash', count: clashes, sentence }
  return pairs.length > 0
    ? { kind: 'same-file', count: pairs.length, sentence }
    : { kind: 'out-of-scope', count: outside === null ? 0 : countOf(outside), sentence }
}
