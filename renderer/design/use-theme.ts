/** How the page looks: the user's theme, else the system's, and the density. Terminals and diffs read the shade here. */

import { useLayoutEffect, useSyncExternalStore } from 'react'

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

/** Puts the theme that overrides the system's, and the density, on the page. */
export function useLookOnPage(theme: 'system' | Shade, density: 'comfortable' | 'compact'): void {
  // Before the first paint: no flash of the other theme.
  useLayoutEffect(() => {
    const { dataset } = document.documentElement
    if (theme === 'system') delete dataset['theme']
    else dataset['theme'] = theme
    dataset['density'] = density
  }, [theme, density])
}
