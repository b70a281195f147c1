/** Whether the user looks at Sluice in any window of this browser: a window that is looked at holds a lock, which ends with it. */

const LOCK = 'sluice.looked-at'

const isLookedAtHere = (): boolean => !document.hidden && document.hasFocus()

/** Holds the lock while this window is looked at. Gives the way to stop. */
export function watchLooks(): () => void {
  let release: (() => void) | null = null
  const settle = (): void => {
    if (!isLookedAtHere()) {
      release?.()
      release = null
    } else if (release === null) {
      const { promise, resolve } = Promise.withResolvers<void>()
      release = resolve
      // Shared: the focus of two windows overlaps for a moment.
      navigator.locks?.request(LOCK, { mode: 'shared' }, () => promise).catch(() => undefined)
    }
  }
  settle()
  const events = ['focus', 'blur'] as const
  for (const event of events) window.addEventListener(event, settle)
  document.addEventListener('visibilitychange', settle)
  return () => {
    release?.()
    for (const event of events) window.removeEventListener(event, settle)
    document.removeEventListener('visibilitychange', settle)
  }
}

/** True while this window or another one is looked at. */
export async function isLookedAt(): Promise<boolean> {
  if (isLookedAtHere()) return true
  const held = (await navigator.locks?.query())?.held ?? []
  return held.some((lock) => lock.name === LOCK)
}
