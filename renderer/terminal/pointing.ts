/** What the user is told of a link under the pointer: its target in full, at the terminal's lower edge, as text and never as markup. */

import styles from './Pointing.module.css'

export type Pointing = { show(target: string): void; hide(): void }

/** Takes the element a terminal is drawn in; the words come and go inside it. */
export function createPointing(host: HTMLElement): Pointing {
  const words = document.createElement('div')
  words.className = `xterm-hover ${styles['target'] ?? ''}`
  words.setAttribute('role', 'tooltip')
  words.dir = 'ltr'
  return {
    show(target) {
      words.textContent = target
      host.append(words)
    },
    hide: () => words.remove(),
  }
}
