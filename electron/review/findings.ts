/** A review by another session: what it is asked, and what it found, read from its words. Pure; what it says may be anything. */

import type { CommentDraft } from '../../shared/model/review.ts'
import { reviewOpening } from '../../shared/model/reviewing.ts'

export type Finding = {
  /** What stands before the colon: a path, or a word for what is in no single file. */
  readonly path: string
  /** Null: no line is named. */
  readonly start: number | null
  readonly end: number | null
  readonly text: string
}

const MOST_FINDINGS = 200
const MOST_CHARACTERS = 4000
const MOST_PATH = 4096

/** `ends`: the text ends with it. */
type Block = { readonly lines: readonly string[]; readonly ends: boolean }

/** The fenced blocks of a Markdown text: those that are not closed do not count. */
function fencedBlocks(message: string): readonly Block[] {
  const blocks: Block[] = []
  let fence: string | null = null
  let lines: string[] = []
  for (const line of message.trimEnd().split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/u.exec(line)?.[1]
    if (fence === null) {
      const last = blocks.at(-1)
      if (last !== undefined) blocks[blocks.length - 1] = { ...last, ends: false }
      if (mark === undefined) continue
      fence = mark
      lines = []
      continue
    }
    const closes = mark !== undefined && mark[0] === fence[0] && mark.length >= fence.length && line.trim() === mark
    if (!closes) {
      lines.push(line.endsWith('\r') ? line.slice(0, -1) : line)
      continue
    }
    blocks.push({ lines, ends: true })
    fence = null
  }
  return blocks
}

/** `path:line: words`, also with a range of lines. What stands before the last number with a colon on each side is the path. */
function findingIn(line: string): Finding | null {
  if (line.length > MOST_CHARACTERS + MOST_PATH) return null
  const [, path = '', from = '', to, text = ''] = /^\s*(?:[-*] )?(\S.*?):(\d{1,7})(?:[-–](\d{1,7}))?:\s+(\S.*)$/u.exec(line) ?? []
  const start = Number(from)
  const end = to === undefined ? start : Number(to)
  if (path === '' || path.length > MOST_PATH || start < 1 || end < start) return null
  const name = path.replace(/^`(.*)`$/u, '$1').replace(/^(?:\.\/)+/u, '')
  return name === '' ? null : { path: name, start, end, text: text.trim().slice(0, MOST_CHARACTERS) }
}

/** `something: words`: about a file as a whole, or about nothing that has lines. */
function remarkIn(line: string): Finding | null {
  const [, path = '', text = ''] = /^\s*(?:[-*] )?([^\s:][^:]*):\s+(\S+\s.*)$/u.exec(line.slice(0, MOST_CHARACTERS)) ?? []
  const name = path
    .trim()
    .replace(/^`(.*)`$/u, '$1')
    .replace(/^(?:\.\/)+/u, '')
  return name === '' ? null : { path: name, start: null, end: null, text: text.trim() }
}

/** What no finding is and stands in the block all the same: a session that has nothing to find says so. */
const NOTHING = /^\s*(?:no findings?|nothing|none)\b/iu

/**
 * Takes the last message of a session that reviewed; gives what it found, each thing once; null where it gives no answer of that kind.
 * The last fenced block that holds a finding with a line counts, or one that says that there is none, or one without lines that ends it all.
 */
export function findingsIn(message: string): readonly Finding[] | null {
  for (const { lines, ends } of fencedBlocks(message).toReversed()) {
    const found = new Map<string, Finding>()
    let points = false
    for (const line of lines) {
      const finding = findingIn(line)
      points ||= finding !== null
      const one = finding ?? remarkIn(line)
      if (one !== null && found.size < MOST_FINDINGS) found.set(JSON.stringify(one), one)
    }
    if (points) return [...found.values()]
    if (lines.some((line) => NOTHING.test(line))) return []
    if (ends && found.size > 0) return [...found.values()]
  }
  return null
}

export type Place = Pick<CommentDraft, 'path' | 'lines' | 'text'>

/**
 * Where a finding is noted. `lines` says how many lines the work's version of a file has; null: the file is none of the work, which then
 * has the comment as a whole.
 */
export function placeOfFinding({ path, start, end, text }: Finding, lines: (path: string) => number | null): Place {
  const count = lines(path)
  if (start === null || end === null)
    return count === null ? { path: null, lines: null, text: `${path}: ${text}` } : { path, lines: null, text }
  if (count === null) return { path: null, lines: null, text: `${path}:${start}: ${text}` }
  if (start > count) return { path, lines: null, text: `Line ${start}: ${text}` }
  return { path, lines: { side: 'new', start, end: Math.min(end, count) }, text }
}

/** What a session is asked that reviews the branch of another one. It reads the main checkout, so it is told how to read the branch. */
export function reviewPrompt(work: {
  readonly name: string
  readonly branch: string
  readonly target: string
  readonly base: string
  readonly head: string
  readonly prompt: string
}): string {
  const { name, branch, target, base, head, prompt } = work
  const asked =
    prompt.trim() === ''
      ? []
      : [
          '',
          'What it was asked to do:',
          '',
          ...prompt
            .trim()
            .split('\n')
            .map((line) => `> ${line}`),
        ]
  return [
    `${reviewOpening({ name, branch })}${target} at ${base} and is at ${head} now.`,
    '',
    'It is not checked out here, so read it through git:',
    `- git diff ${base}..${head} shows all of it, git log ${base}..${head} its commits.`,
    `- git show ${head}:PATH shows a file as it is there.`,
    ...asked,
    '',
    'Look for what is wrong or missing: bugs, cases that are not handled, tests that prove nothing, what does not fit the code around it. Leave matters of taste out. Change nothing, make no plan, and ask nothing.',
    '',
    'End your answer with one fenced block that holds nothing but your findings, one a line, worst first, with the path from the top of the repository and the line number in the version of the branch, like this:',
    '',
    '```',
    'src/cart.ts:42: The total is rounded before the discount is taken off.',
    '```',
    '',
    'What is about a whole file has no line number: “src/cart.ts: …”. What is in no single file begins with “general: …”.',
    '',
    'Where you find nothing, the block holds the words “no findings”.',
  ].join('\n')
}
