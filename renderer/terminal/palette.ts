/** The terminal's colours, read from the tokens of the theme that is on. */

import type { ITheme } from '@xterm/xterm'
import type { FindColours } from './marks.ts'

const COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const

function readAt<T>(element: HTMLElement, reading: (read: (token: string) => string) => T): T {
  // A token is “light-dark(…)” until an element uses it as a colour.
  const probe = document.createElement('i')
  element.append(probe)
  const values = reading((token) => {
    probe.style.color = `var(--${token})`
    return getComputedStyle(probe).color
  })
  probe.remove()
  return values
}

/** The colours of what was found, and of the one that is looked at. */
export function findColoursAt(element: HTMLElement): FindColours {
  return readAt(element, (read) => ({
    match: { ground: read('term-found'), ink: read('ink') },
    current: { ground: read('term-found-current'), ink: read('term-found-current-ink') },
  }))
}

/** Takes an element of the page; gives the colours that hold where it stands. */
export function paletteAt(element: HTMLElement): ITheme {
  return readAt(element, themeOf)
}

function themeOf(read: (token: string) => string): ITheme {
  return {
    background: read('surface'),
    foreground: read('ink'),
    cursor: read('term-cursor'),
    cursorAccent: read('surface'),
    selectionBackground: read('term-selection'),
    scrollbarSliderBackground: read('line'),
    scrollbarSliderHoverBackground: read('line-strong'),
    scrollbarSliderActiveBackground: read('line-strong'),
    ...Object.fromEntries(COLOURS.map((name) => [name, read(`term-${name}`)])),
    ...Object.fromEntries(
      COLOURS.map((name) => [`bright${name[0]?.toUpperCase()}${name.slice(1)}`, read(`term-bright-${name}`)]),
    ),
  }
}
