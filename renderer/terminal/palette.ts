/** The terminal's colours, read from the tokens of the theme that is on. */

import type { ITheme } from '@xterm/xterm'

const COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const

/** Takes an element of the page; gives the colours that hold where it stands. */
export function paletteAt(element: HTMLElement): ITheme {
  // A token is “light-dark(…)” until an element uses it as a colour.
  const probe = document.createElement('i')
  element.append(probe)
  const read = (token: string): string => {
    probe.style.color = `var(--${token})`
    return getComputedStyle(probe).color
  }
  const theme: ITheme = {
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
  probe.remove()
  return theme
}
