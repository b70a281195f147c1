/** Time as a port, so that decisions can be tested without waiting. */

export type Clock = {
  now(): Date
  /** Milliseconds since some moment in the past: only ever grows, also when somebody sets the clock of the machine. */
  elapsed(): number
  /** Calls back once after so many milliseconds; gives a way to call it off. Never keeps the process alive. */
  after(milliseconds: number, callback: () => void): () => void
}

export const systemClock: Clock = {
  now: () => new Date(),
  elapsed: () => performance.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
