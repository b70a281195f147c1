/** What the user is told of a link under the pointer: its target in full, at the terminal's lower edge, as text and never as markup. */

import styles from './Pointing.module.css'

export type Pointing = {
  /** `event`: of the pointer, whose row stays in sight. */
  show(target: string, event: MouseEvent): void
  hide(): void
}

/** Takes the element a terminal is drawn in; the words come and go inside it. */
export function createPointing(host: HTMLElement): Pointing {
  const words = document.createElement('div')
  words.className = `xterm-hover ${styles['target'] ?? ''}`
  words.setAttribute('role', 'tooltip')
  words.dir = 'ltr'
  return {
    show(target, { clientY }) {
      words.textContent = target
      words.style.bottom = ''
      host.append(words)
      const rows = host.querySelector('.xterm-screen')
      const row = Number.parseFloat(getComputedStyle(host).fontSize) * 1.5
      const { bottom } = (rows ?? host).getBoundingClientRect()
      const under = host.getBoundingClientRect().bottom - clientY
      if (clientY > Math.min(bottom, words.getBoundingClientRect().top) - row) words.style.bottom = `${under + row}px`
    },
    hide: () => words.remove(),
  }
}
