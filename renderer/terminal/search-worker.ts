/** A worker that searches: an expression that takes for ever stops nothing but this worker, which is then ended. */

import { matchesIn, patternOf } from './search.ts'
import type { Question, Said } from './searching.ts'

// oxlint-disable-next-line unicorn/require-post-message-target-origin
const say = (said: Said): void => postMessage(said)

addEventListener('message', ({ data: { lines, query } }: MessageEvent<Question>) => {
  const pattern = patternOf(query)
  say(pattern === null ? null : matchesIn(lines, pattern))
})
say('ready')
