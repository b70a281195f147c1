/** What `sluice review` says to a person: what stands before a landing, what was said of the work, its commits. Pure. */

import type { Comment, Commit, ReadinessLine, Review, Summary } from '../../shared/model/review.ts'
import { inert, line } from './print.ts'

const LEVELS: Readonly<Record<ReadinessLine['level'], string>> = { blocks: '✗', warns: '!', good: '✓' }

/** Nobody reads a longer list in a terminal; `--json` has all of it. */
const MOST_FILES = 20

function readinessLines({ level, text, files }: ReadinessLine): readonly string[] {
  const more = files.length - MOST_FILES
  return [
    `${LEVELS[level]} ${line(text)}`,
    ...files.slice(0, MOST_FILES).map((file) => `    ${line(file)}`),
    ...(more > 0 ? [`    and ${more} more`] : []),
  ]
}

function placeOf({ path, lines, now }: Comment): string {
  if (path === null) return 'the whole work'
  const at = now ?? lines
  if (at === null) return path
  return at.start === at.end ? `${path}:${at.start}` : `${path}:${at.start}–${at.end}`
}

function commentLines(comment: Comment): readonly string[] {
  const { state, changed, by, text, suggestion } = comment
  const marks = [
    state,
    ...(by === undefined ? [] : [`by ${by}`]),
    ...(changed === 'no' ? [] : [changed === 'gone' ? 'its file is gone' : 'the code changed since']),
  ]
  return [
    `${line(placeOf(comment))}  (${line(marks.join(', '))})`,
    ...inert(text)
      .split('\n')
      .map((one) => `    ${one}`),
    ...(suggestion === undefined
      ? []
      : [
          '    instead:',
          ...inert(suggestion)
            .split('\n')
            .map((one) => `      ${one}`),
        ]),
  ]
}

function commitLine({ oid, subject, author }: Commit): string {
  return `${oid.slice(0, 10)}  ${line(subject)}  (${line(author)})`
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((one) => `  ${one}`)]
}

export function reviewText({ readiness, comments }: Review, { commits, earlier, message }: Summary): string {
  const blocked = readiness.some(({ level }) => level === 'blocks')
  const before = earlier === undefined ? [] : [`… ${earlier.toLocaleString('en')} earlier ones are not shown`]
  return [
    blocked ? 'Not ready to land' : 'Ready to land',
    ...readiness.flatMap(readinessLines).map((one) => `  ${one}`),
    ...section('Comments', comments.flatMap(commentLines)),
    ...section('Commits', [...before, ...commits.map(commitLine)]),
    ...section('It said last', message === null ? [] : inert(message.replaceAll('\r\n', '\n')).trimEnd().split('\n')),
  ].join('\n')
}
