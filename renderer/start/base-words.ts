/** What is said of the commit that a session would start from. Pure. */

import type { BaseLook } from '../../shared/model/base.ts'
import { counted, shortOid, since, waitWords } from '../state/format.ts'

const WORDS: Readonly<Record<string, string>> = { min: 'minute', h: 'hour', d: 'day' }

/** How long ago, in whole words: “3 days ago”. */
function agoWords(milliseconds: number): string {
  const [count, unit] = waitWords(milliseconds).split(' ')
  const word = unit === undefined ? undefined : WORDS[unit]
  return word === undefined ? 'just now' : `${counted(Number(count), word)} ago`
}

/** The commit itself: “main 3f2a1c0 Fix the login”; a name that is only the beginning of its number is not said twice. */
export function baseWords({ name, head, subject }: BaseLook): string {
  return `${head.startsWith(name) ? shortOid(head) : `${name} ${shortOid(head)}`} ${subject}`.trimEnd()
}

/** How far it is behind the branch it follows, as far as that is known; null when it is not behind. */
export function behindWords({ behind }: BaseLook, now: number): string | null {
  if (behind === undefined || behind.commits === 0) return null
  const fetched = behind.fetchedAt === undefined ? '' : `, fetched ${agoWords(since(behind.fetchedAt, now))}`
  return `${counted(behind.commits, 'commit')} behind ${behind.of}${fetched}`
}

/** What is so while the rest is folded: “from main, no budget”. */
export function moreWords(
  { from, research, budget }: { readonly from: string; readonly research: boolean; readonly budget: string },
  target: string,
  usual: number | null,
): string {
  const where = research ? 'reads the main checkout' : `from ${from.trim() === '' ? target : from.trim()}`
  const amount = budget.trim() === '' ? usual : budget.trim()
  return `${where}, ${amount === null ? 'no budget' : `budget $${amount}`}`
}
