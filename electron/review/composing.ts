/** Turns comments into one prompt for Claude Code: what is where, and what is expected. Pure. */

import { inOrder } from '../../shared/model/comment-order.ts'
import type { KeptComment } from './record.ts'

type Said = Pick<KeptComment, 'path' | 'lines' | 'quoted' | 'text' | 'suggestion'>

/** More of a quote than this says nothing that the file does not: its beginning and its end are enough. */
const QUOTED_LINES = 60
const QUOTED_ENDS = 10

/** What a terminal would obey, or what turns the direction of text, would keep the whole prompt from being typed. */
// oxlint-disable-next-line no-control-regex
const UNTYPED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu

/** Such a character as a programmer would write it. */
function typable(text: string): string {
  const plain = text.replaceAll('\r\n', '\n').replaceAll('\r', '\n')
  return plain.replaceAll(UNTYPED, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** A fence that nothing inside can close. */
function fenced(lines: readonly string[]): readonly string[] {
  const longest = lines.flatMap((line) => line.match(/`+/gu) ?? []).reduce((most, run) => Math.max(most, run.length), 0)
  const fence = '`'.repeat(Math.max(3, longest + 1))
  return [fence, ...lines, fence]
}

function excerpt(quoted: readonly string[]): readonly string[] {
  if (quoted.length <= QUOTED_LINES) return quoted
  const left = quoted.length - QUOTED_LINES + 1
  return [
    ...quoted.slice(0, QUOTED_LINES - QUOTED_ENDS - 1),
    `… ${left} lines are left out here …`,
    ...quoted.slice(-QUOTED_ENDS),
  ]
}

function whereabouts({ path, lines }: Said): string {
  if (path === null) return 'The whole work'
  // A name with a line break in it would look like several lines of the prompt.
  const name = /[\n\r]/u.test(path) ? JSON.stringify(path) : path
  if (lines === null) return `${name} (the whole file)`
  const range = lines.start === lines.end ? `${lines.start}` : `${lines.start}–${lines.end}`
  return `${name}:${range}${lines.side === 'old' ? ' (lines that the work removed)' : ''}`
}

function section(comment: Said, number: number): readonly string[] {
  const { suggestion } = comment
  const isOld = comment.lines?.side === 'old'
  return [
    `${number}. ${whereabouts(comment)}`,
    ...(comment.quoted.length === 0 ? [] : fenced(excerpt(comment.quoted))),
    comment.text,
    ...(suggestion === undefined
      ? []
      : suggestion === ''
        ? [isOld ? 'Suggestion: leave this out.' : 'Suggestion: remove these lines.']
        : [
            isOld ? 'Suggestion: write this instead:' : 'Suggestion: replace these lines with:',
            ...fenced(suggestion.split('\n')),
          ]),
  ]
}

const ONE = 'I have reviewed your work and have one comment. The quoted code is as it was when I read it.'
const MANY = (count: number): string =>
  `I have reviewed your work and have ${count} comments. The quoted code is as it was when I read it.`
const WORDS_ALONE = 'I have reviewed your work.'
const EXPECTED = 'Please change the code accordingly, run what verifies it, and commit the result on this branch.'
const ANSWERED = 'Then tell me for each comment what you did, and which ones you did not follow and why.'

/**
 * Takes the comments and the user's words about all of them; gives the prompt: it begins with a sentence, never with a character that
 * Claude Code would take for a command, and can be typed whatever the quoted code holds.
 */
export function composeReview(comments: readonly Said[], text: string): string {
  const words = text.trim()
  const count = comments.length
  const opening = count === 0 ? WORDS_ALONE : count === 1 ? ONE : MANY(count)
  const parts = [
    [opening],
    ...(words === '' ? [] : [[words]]),
    ...comments.toSorted(inOrder).map((comment, at) => section(comment, at + 1)),
    [count === 0 ? EXPECTED : `${EXPECTED} ${ANSWERED}`],
  ]
  return typable(parts.map((lines) => lines.join('\n')).join('\n\n'))
}
