/** One thing at a time per key: a mutex whose waiters are served in order. */

export type Lane = {
  /** Runs the work when every earlier work of the key has ended, however it ended. */
  run<Value>(key: string, work: () => Promise<Value>): Promise<Value>
  /** Resolves when nothing runs or waits under any key. */
  idle(): Promise<void>
}

export function createLane(): Lane {
  const tails = new Map<string, Promise<unknown>>()
  return {
    run(key, work) {
      const before = tails.get(key) ?? Promise.resolve()
      const mine = before.then(work, work)
      const tail = mine
        .catch(() => undefined)
        .then(() => {
          if (tails.get(key) === tail) tails.delete(key)
        })
      tails.set(key, tail)
      return mine
    },
    async idle() {
      while (tails.size > 0) await Promise.all(tails.values())
    },
  }
}
