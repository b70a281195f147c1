/** Time as a port, so that decisions can be tested without waiting. */

export type Clock = {
  now(): Date
  /** Calls back once after so many milliseconds; gives a way to call it off. Never keeps the process alive. */
  after(milliseconds: number, callback: () => void): () => void
}

export const systemClock: Clock = {
  now: () => new Date(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
