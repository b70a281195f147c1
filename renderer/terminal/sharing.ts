/** Whether a terminal has another size than its place on the page, as when another window sizes it. Knows no terminals. */

export type Sharing = {
  now(): boolean
  /** It has been so for a while: a size that was asked for is on its way meanwhile. */
  lasts(): boolean
  set(isOther: boolean): void
  subscribe(told: () => void): () => void
}

/** The way to the House and back, with time to spare, in milliseconds. */
const ON_ITS_WAY = 500

export function createSharing(): Sharing {
  const listeners = new Set<() => void>()
  let [isOther, lasts] = [false, false]
  let timer: ReturnType<typeof setTimeout> | undefined
  const tell = (next: boolean): void => {
    if (next === lasts) return
    lasts = next
    for (const told of listeners) told()
  }
  return {
    now: () => isOther,
    lasts: () => lasts,
    set(next) {
      if (next === isOther) return
      isOther = next
      clearTimeout(timer)
      if (next) timer = setTimeout(() => tell(true), ON_ITS_WAY)
      else tell(false)
    },
    subscribe(told) {
      listeners.add(told)
      return () => listeners.delete(told)
    },
  }
}
