/** The words of a pull request, made of what the session itself said of its work. Pure. */

import type { Commit } from '../../shared/model/review.ts'

const MOST_TITLE = 300
const MOST_BODY = 60_000
/** Of a prompt, nobody wants more as a title. */
const PROMPT_TITLE = 72

export type Told = {
  readonly prompt: string
  /** What it said last; null: nothing. */
  readonly message: string | null
  /** Oldest first. */
  readonly commits: readonly Pick<Commit, 'oid' | 'subject' | 'body'>[]
  readonly earlier?: number | undefined
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/u, '')}…`
}

/** Takes what is known of the work; gives a title of one line and a body in Markdown. */
export function pullWords({ prompt, message, commits, earlier = 0 }: Told): { readonly title: string; readonly body: string } {
  const [first] = commits
  const line = prompt.replaceAll(/\s+/gu, ' ').trim()
  const title =
    first === undefined || earlier > 0 || first.subject.trim() === '' ? cut(line, PROMPT_TITLE) : cut(first.subject, MOST_TITLE)
  const said = message?.trim() || (commits.length === 1 ? first?.body.trim() : '') || prompt.trim()
  const list = commits.map(({ oid, subject }) => `- ${oid.slice(0, 7)} ${subject}`)
  const before = earlier > 0 ? [`- ${earlier} earlier ${earlier === 1 ? 'commit' : 'commits'}`] : []
  const tail = commits.length < 2 && earlier === 0 ? '' : `\n\n## Commits\n\n${[...before, ...list].join('\n')}`
  const room = MOST_BODY - Math.min(tail.length, MOST_BODY / 2)
  return { title, body: cut(`${cut(said, room)}${tail}`, MOST_BODY) }
}
