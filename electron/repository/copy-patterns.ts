/** What the setting “copy” means: which patterns it takes, and which files they name. Pure. */

import { matcherOf } from '../../shared/model/globs.ts'

/** The pieces of a pattern without what changes nothing: “./” in front, “/” behind. */
function piecesOf(pattern: string): readonly string[] {
  return pattern.split('/').filter((piece) => piece !== '' && piece !== '.')
}

/** Takes patterns; gives a sentence about the first that cannot name files of the repository, or null. */
export function badCopyPattern(patterns: readonly string[]): string | null {
  for (const pattern of patterns) {
    if (/^!(?!\()/u.test(pattern))
      return `“${pattern}” cannot be copied: “!” excludes nothing here. Name only what is to be copied, such as .env.`
    const steps = pattern.split(/[\\/]/u)
    if (pattern.startsWith('/') || /^[A-Za-z]:/u.test(pattern) || steps.includes('..') || pattern.includes('\0'))
      return `“${pattern}” cannot be copied: it lies outside of the repository. Give a path or pattern inside it, such as .env.`
    const pieces = piecesOf(pattern)
    if (pieces.length === 0) return `“${pattern}” names the whole repository. Give paths or patterns inside it, such as .env.`
    if (pieces[0]?.toLowerCase() === '.git')
      return `“${pattern}” cannot be copied: it belongs to git. Every worktree has its own.`
  }
  return null
}

export type CopyRule = {
  /** Where the files can lie: every match is one of these paths or below it. Null: anywhere. */
  readonly within: readonly string[] | null
  /** Takes a path of the repository, `/` between folders. */
  matches(path: string): boolean
}

const MAGIC = /[*?[\]{}\\]/u

/** The longest beginning of the pattern that has nothing special in it; empty when it begins with a pattern. */
function plainStart(pieces: readonly string[]): string {
  const magic = pieces.findIndex((piece) => MAGIC.test(piece))
  return (magic < 0 ? pieces : pieces.slice(0, magic)).join('/')
}

/**
 * Takes patterns that `badCopyPattern` lets pass. A pattern that names a folder means everything in it; one that is the very
 * name of a file or folder means that one, also where it has brackets in it (`app/[id]/.env`).
 */
export function copyRule(patterns: readonly string[]): CopyRule {
  const all = patterns.map(piecesOf)
  const plain = all.map((pieces) => pieces.join('/'))
  const starts = all.map(plainStart)
  return {
    within: starts.includes('') ? null : starts,
    matches: matcherOf(plain.flatMap((pattern) => [pattern, `${pattern}/**`])),
  }
}
