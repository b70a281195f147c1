/** Copies what is selected in a terminal: when asked, and where the user wants it, as soon as it is selected. */

import type { Terminal } from '@xterm/xterm'

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'>

/**
 * True for Ctrl+C on Windows, which copies what is selected there and interrupts when nothing is, as in Visual Studio Code. Elsewhere
 * it always interrupts. The letter counts, wherever it is on the keyboard; of another alphabet its place does. Pure.
 */
export function copies({ key, code, ctrlKey, shiftKey, altKey, metaKey }: Press, onWindows: boolean): boolean {
  if (!onWindows || !ctrlKey || shiftKey || altKey || metaKey) return false
  return /^[a-z]$/iu.test(key) ? key.toLowerCase() === 'c' : code === 'KeyC'
}

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
