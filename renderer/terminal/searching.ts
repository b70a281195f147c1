/** Asks the worker that searches, one question at a time, and ends it when it takes too long. Knows no terminals. */

import type { Matches, Query } from './search.ts'

/** Long for a search of everything a terminal keeps, short for somebody who waits. */
const PATIENCE = 1_000

/** `failed`: there is nothing that searches, as after an update of Sluice, when the page is an older one. */
export type Answer = Matches | 'no-pattern' | 'too-slow' | 'failed'

export type Searching = {
  /** A question that another one follows is never answered. */
  ask(lines: readonly string[], query: Query): Promise<Answer>
  close(): void
}

export type Question = { readonly lines: readonly string[]; readonly query: Query }

/** What the worker says: that it is there, or what it found; null where the question has no pattern. */
export type Said = 'ready' | Matches | null

/** What searches, in a thread of its own. */
export type Searcher = { ask(question: Question): void; end(): void }

/** Starts one; `told` hears what that says, or that it has failed. */
type Start = (told: (said: Said | 'failed') => void) => Searcher

/** Calls back after a while; gives what prevents that. */
export type After = (milliseconds: number, then: () => void) => () => void

export const after: After = (milliseconds, then) => {
  const timer = setTimeout(then, milliseconds)
  return () => clearTimeout(timer)
}

const startWorker: Start = (told) => {
  const worker = new Worker(new URL('./search-worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', ({ data }: MessageEvent<Said>) => told(data))
  worker.addEventListener('error', () => told('failed'))
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    ask: (question) => worker.postMessage(question),
    end: () => worker.terminate(),
  }
}

/** Starts nothing before the first question. */
export function createSearching(start: Start = startWorker, wait: After = after): Searching {
  let searcher: Searcher | null = null
  let ready = false
  let forget = (): void => undefined
  /** What is asked now; the worker gets it once it is there. */
  let question: Question | null = null
  let answer: ((answer: Answer) => void) | null = null

  const end = (): void => {
    forget()
    searcher?.end()
    searcher = null
    ready = false
    question = null
    answer = null
  }
  const give = (given: Answer): void => {
    forget()
    answer?.(given)
    answer = null
  }
  const giveUp = (why: 'too-slow' | 'failed'): void => {
    const waiting = answer
    end()
    waiting?.(why)
  }
  /** Not before it is there: how long its code takes to come says nothing of the question. */
  const put = (): void => {
    if (searcher === null || !ready || question === null) return
    searcher.ask(question)
    question = null
    forget = wait(PATIENCE, () => giveUp('too-slow'))
  }
  const told = (said: Said | 'failed'): void => {
    if (said === 'failed') return giveUp('failed')
    if (said !== 'ready') return give(said ?? 'no-pattern')
    ready = true
    put()
  }

  return {
    ask(lines, query) {
      // One that is still at work on an older question would answer this one late.
      if (answer !== null && ready) end()
      const { promise, resolve } = Promise.withResolvers<Answer>()
      question = { lines, query }
      answer = resolve
      searcher ??= start(told)
      put()
      return promise
    },
    close: end,
  }
}
