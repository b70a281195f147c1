/** How a terminal is drawn: its font, and the graphics processor where there is one. */

import { WebglAddon } from '@xterm/addon-webgl'
import type { Terminal } from '@xterm/xterm'

/** The font that holds where an element stands; the size is in CSS pixels. */
export function fontAt(element: HTMLElement): { readonly fontFamily: string; readonly fontSize: number } {
  const style = getComputedStyle(element)
  return { fontFamily: style.fontFamily, fontSize: Number.parseFloat(style.fontSize) }
}

/** Draws with the graphics processor, as long as it gives a context. */
export function useGpu(terminal: Terminal): void {
  try {
    const addon = new WebglAddon()
    addon.onContextLoss(() => addon.dispose())
    terminal.loadAddon(addon)
  } catch {
    // Without a graphics context xterm.js draws with elements, only slower.
  }
}
