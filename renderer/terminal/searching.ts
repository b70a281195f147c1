/** Asks the worker that searches, one question at a time, and ends it when it takes too long. Knows no terminals. */

import type { Matches, Query } from './search.ts'

/** Long for a search of everything a terminal keeps, short for somebody who waits. */
const PATIENCE = 1_000

export type Answer = Matches | 'no-pattern' | 'too-slow'

export type Searching = {
  /** A question that another one follows is never answered. */
  ask(lines: readonly string[], query: Query): Promise<Answer>
  close(): void
}

export type Question = { readonly lines: readonly string[]; readonly query: Query }

/** What the worker says: that it is there, or what it found; null where the question has no pattern. */
export type Said = 'ready' | Matches | null

/** Starts nothing before the first question. */
export function createSearching(): Searching {
  let worker: Worker | null = null
  let ready = false
  let timer = 0
  /** What is asked now; the worker gets it once it is there. */
  let question: Question | null = null
  let answer: ((answer: Answer) => void) | null = null

  const end = (): void => {
    window.clearTimeout(timer)
    worker?.terminate()
    worker = null
    ready = false
    question = null
    answer = null
  }
  const give = (given: Answer): void => {
    window.clearTimeout(timer)
    answer?.(given)
    answer = null
  }
  const giveUp = (): void => {
    const waiting = answer
    end()
    waiting?.('too-slow')
  }
  /** Not before it is there: how long its code takes to come says nothing of the question. */
  const put = (): void => {
    if (worker === null || !ready || question === null) return
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    worker.postMessage(question)
    question = null
    timer = window.setTimeout(giveUp, PATIENCE)
  }
  const start = (): Worker => {
    const started = new Worker(new URL('./search-worker.ts', import.meta.url), { type: 'module' })
    started.addEventListener('message', ({ data }: MessageEvent<Said>) => {
      if (data !== 'ready') return give(data ?? 'no-pattern')
      ready = true
      put()
    })
    return started
  }

  return {
    ask(lines, query) {
      // One that is still at work on an older question would answer this one late.
      if (answer !== null && ready) end()
      const { promise, resolve } = Promise.withResolvers<Answer>()
      question = { lines, query }
      answer = resolve
      worker ??= start()
      put()
      return promise
    },
    close: end,
  }
}
