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

export type Look = {
  readonly theme: 'system' | Shade
  readonly density: 'comfortable' | 'compact'
  /** The font family of code outside terminals. */
  readonly code: string
}

/** Puts on the page what of its look the user chose. */
export function useLookOnPage({ theme, density, code }: Look): void {
  // Before the first paint: a page in the other theme would flash.
  useLayoutEffect(() => {
    const { dataset, style } = document.documentElement
    if (theme === 'system') delete dataset['theme']
    else dataset['theme'] = theme
    dataset['density'] = density
    style.setProperty('--code', code)
  }, [theme, density, code])
}
