/** Places in files as compilers, tests and people write them: `src/app.ts:12:5`, `File "x", line 3`. Pure. */

export type Mention = {
  /** Where it stands in the text. */
  readonly from: number
  readonly to: number
  readonly path: string
  readonly line: number | null
}

/** A longer text is not searched: it is no line that somebody reads. */
const MOST_TEXT = 4_000
const MOST_MENTIONS = 50

/** Python's. */
const QUOTED = /File "([^"\n]{1,500})", line (\d{1,7})/gu
/** A name with a dot or a slash in it; then, in most dialects, the line, and perhaps the column. Each part is bounded: no backtracking. */
const PLAIN =
  /(?<![\w./@~+-])((?:\.{1,2}\/|\/)?[\w@+~.-]{1,200}(?:\/(?:\([\w.-]{1,60}\)(?=\/)|[\w@+~.[\]-]{1,200})){0,40})(?:(?::(\d{1,7})(?::\d{1,7})?)|(?:\((\d{1,7})(?:,\d{1,7})?\)))?/gu

function isPath(text: string): boolean {
  return text.includes('/')
    ? /[\w]/u.test(text)
    : /^[\w@+~-][\w@+~.-]*\.[a-z]\w{0,9}$/iu.test(text) || /^(?:Makefile|Dockerfile)$/u.test(text)
}

/** Finds them in a line of output, from left to right. An address of the web is none. */
export function mentionsIn(text: string): readonly Mention[] {
  if (text.length > MOST_TEXT) return []
  const found: Mention[] = []
  for (const match of text.matchAll(QUOTED)) {
    found.push({ from: match.index, to: match.index + match[0].length, path: match[1] ?? '', line: Number(match[2]) })
  }
  for (const match of text.matchAll(PLAIN)) {
    const [whole, written = ''] = match
    const from = match.index
    const isTaken = found.some((one) => from < one.to && from + whole.length > one.from)
    const line = match[2] ?? match[3]
    // A dot at the end belongs to the sentence.
    const path = line === undefined ? written.replace(/[.)\]]+$/u, '') : written
    const isAddress = /:\/*$/u.test(text.slice(0, from)) && /[a-z]:\/*$/iu.test(text.slice(0, from)) && path.startsWith('/')
    if (isTaken || isAddress || !isPath(path)) continue
    found.push({
      from,
      to: line === undefined ? from + path.length : from + whole.length,
      path,
      line: line === undefined ? null : Number(line),
    })
    if (found.length >= MOST_MENTIONS) break
  }
  return found.toSorted((a, b) => a.from - b.from)
}

/** The path inside the worktree that is meant, from its root; null for one outside. */
export function insideWorktree(written: string, worktree: string): string | null {
  const root = worktree.replaceAll('\\', '/').replace(/\/$/u, '')
  let path = written
  if (written.startsWith('/')) {
    if (!written.startsWith(`${root}/`)) return null
    path = written.slice(root.length + 1)
  }
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..') {
      if (parts.pop() === undefined) return null
    } else parts.push(part)
  }
  return parts.length === 0 ? null : parts.join('/')
}

/** The file of the list that is meant: itself, or the one file that ends so, as a program says it that ran in a folder below. */
export function fileMeant(path: string, files: readonly string[]): string | null {
  if (files.includes(path)) return path
  const ending = files.filter((file) => file.endsWith(`/${path}`))
  return ending.length === 1 ? (ending[0] ?? null) : null
}
