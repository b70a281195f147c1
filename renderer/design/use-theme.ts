/** Which theme is on: the user's override, else the system's. Sets it on the page; terminals and diffs read it here. */

import { useEffect, useSyncExternalStore } from 'react'

export type Shade = 'light' | 'dark'

const SYSTEM = '(prefers-color-scheme: dark)'

function onSystemChange(told: () => void): () => void {
  const query = window.matchMedia(SYSTEM)
  query.addEventListener('change', told)
  return () => query.removeEventListener('change', told)
}

/** Gives the shade that is on now. */
export function useShade(theme: 'system' | Shade): Shade {
  const systemIsDark = useSyncExternalStore(onSystemChange, () => window.matchMedia(SYSTEM).matches)
  return theme === 'system' ? (systemIsDark ? 'dark' : 'light') : theme
}

/** Puts the override on the page, or takes it off. */
export function useThemeOnPage(theme: 'system' | Shade): void {
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme
  }, [theme])
}
