/** Where the focus goes when a key or a command leads into a part of the window. Knows the page's elements and no stores. */

import type { Pane } from '../state/panes.ts'

const find = (selector: string): HTMLElement | null => document.querySelector<HTMLElement>(selector)

/** Puts the focus on the tab of the session on show. */
export function focusCascade(): void {
  find('[role="tab"][data-session][aria-selected="true"]')?.focus()
}

type Who = { readonly id: string; readonly name: string }

/** Where keys for a pane go: into the terminal of the session on show, or to what starts an ended one again, to the entry of a session, or to the pane as a whole. */
function placeIn(pane: Pane, session: Who | null): HTMLElement | null {
  switch (pane) {
    case 'terminal':
      // In the screen of an ended session every key would be swallowed by nobody.
      return find('section:has([data-terminal][data-selected]) [data-start-again]') ?? screenOnShow()
    case 'review':
      // The review of another session may still be on show for a moment.
      return find(`#review-pane${session === null ? ':not([hidden])' : `[data-of="${CSS.escape(session.id)}"]`}`)
    case 'queue': {
      const entry = session === null ? null : find(`#queue-pane [aria-label="${CSS.escape(session.name)}"] button`)
      return entry ?? find('#queue-pane:not([hidden])')
    }
  }
}

/** Where the keyboard of the terminal on show is; null while none shows. */
export function screenOnShow(): HTMLElement | null {
  return find('[data-terminal][data-selected] textarea')
}

/** About a second: the code of the terminal may still be on its way. */
const PATIENCE = 60

/** Puts the focus into a pane, as soon as it is there; not when the user has gone elsewhere meanwhile. */
export function focusPane(pane: Pane, session: Who | null = null): void {
  const before = document.activeElement
  let left = PATIENCE
  const attempt = (): void => {
    const place = placeIn(pane, session)
    if (place !== null) return place.focus()
    left -= 1
    const moved = document.activeElement !== before && document.activeElement !== document.body
    if (left > 0 && !moved) requestAnimationFrame(attempt)
  }
  attempt()
}

/** Puts the focus into the terminal of the session on show. */
export function focusTerminal(): void {
  focusPane('terminal')
}
