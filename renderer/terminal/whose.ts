/** Which session a terminal belongs to: Claude Code's has the session's id, a shell names its session. */

import type { Session } from '../../shared/model/session.ts'
import { useHouse } from '../state/store.ts'

/** The terminal that is shown at an element, by id. */
export function terminalAt(element: HTMLElement): string | null {
  return element.closest<HTMLElement>('[data-terminal]')?.dataset['terminal'] ?? null
}

/** The session of the terminal that is shown at an element, or null. */
export function sessionAt(element: HTMLElement): Session | null {
  const terminal = terminalAt(element)
  const view = useHouse.getState().projection.view
  if (terminal === null || view === null) return null
  const session = view.shells.find(({ id }) => id === terminal)?.session ?? terminal
  return view.sessions.find(({ id }) => id === session) ?? null
}
