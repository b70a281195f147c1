/** Copies what is selected in a terminal: when asked, and where the user wants it, as soon as it is selected. */

import type { Terminal } from '@xterm/xterm'

/** Gives whether something was copied. */
export async function copySelection(terminal: Terminal): Promise<boolean> {
  const text = terminal.getSelection()
  if (text === '') return false
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

/** Copies each selection that the mouse has made, while `wanted` says so. Once it stands: not at every cell on the way. */
export function copyOnSelect(terminal: Terminal, host: HTMLElement, wanted: () => boolean): void {
  const begin = (event: MouseEvent): void => {
    if (event.button !== 0) return
    // The mouse may be let go anywhere on the page; xterm.js has its selection by then. A mere click leaves none.
    const copy = (): void => {
      if (wanted() && terminal.hasSelection()) void copySelection(terminal)
    }
    document.addEventListener('mouseup', () => window.setTimeout(copy), { once: true })
  }
  host.addEventListener('mousedown', begin, { capture: true })
}
