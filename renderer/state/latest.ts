/** Asks one question at a time. Who asks faster than answers come still gets answers, and the last question is always answered last. */

export type Latest<Question> = {
  /** Asks now, or as soon as the answer under way is here; of several that wait only the last is asked. */
  want(question: Question): void
  /** Nothing is heard any more. */
  close(): void
}

/** Takes the way to ask, which never rejects, and who hears the answers. */
export function createLatest<Question, Answer>(
  ask: (question: Question) => Promise<Answer>,
  hear: (answer: Answer) => void,
): Latest<Question> {
  let waiting: { readonly question: Question } | null = null
  let asking = false
  let closed = false

  const run = async (): Promise<void> => {
    asking = true
    while (waiting !== null && !closed) {
      const { question } = waiting
      waiting = null
      const answer = await ask(question)
      if (!closed) hear(answer)
    }
    asking = false
  }
  return {
    want(question) {
      waiting = { question }
      if (!asking) void run()
    },
    close() {
      closed = true
    },
  }
}
