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

function named(files: readonly string[]): string {
  const first = files.slice(0, NAMED).join(', ')
  return files.length <= NAMED ? first : `${first} and ${files.length - NAMED} more`
}

function other({ a, b }: OverlapPair, name: string, target: string): string {
  const who = a === name ? b : a
  return who === 'target' ? target : `“${who}”`
}

/** Takes what overlaps, a session's name and the target's; gives what its tab says, null for nothing. */
export function overlappingOf(overlap: Overlap, name: string, target: string): Overlapping | null {
  const pairs = overlap.pairs.filter(({ a, b }) => a === name || b === name)
  const outside = overlap.outOfScope.find(({ session }) => session === name)?.files ?? []
  const sentences = [
    ...pairs
      .filter(({ kind }) => kind === 'clash')
      .map((pair) => `Clashes with ${other(pair, name, target)} in ${named(pair.files)}.`),
    ...pairs
      .filter(({ kind }) => kind === 'same-file')
      .map((pair) => `Changes ${named(pair.files)} like ${other(pair, name, target)}; git can merge that.`),
    ...(outside.length === 0 ? [] : [`Changed ${counted(outside.length, 'file')} outside its scope: ${named(outside)}.`]),
  ]
  if (sentences.length === 0) return null
  const sentence = sentences.join(' ')
  const clashes = pairs.filter(({ kind }) => kind === 'clash').length
  if (clashes > 0) return { kind: 'clash', count: clashes, sentence }
  return pairs.length > 0
    ? { kind: 'same-file', count: pairs.length, sentence }
    : { kind: 'out-of-scope', count: outside.length, sentence }
}
