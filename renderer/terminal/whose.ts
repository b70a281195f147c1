/** Which session a terminal belongs to: Claude Code's has the session's id, a shell names its session. */

import type { Session } from '../../shared/model/session.ts'
import { useHouse } from '../state/store.ts'

/** The session of the terminal that is shown at an element, or null. */
export function sessionAt(element: HTMLElement): Session | null {
  const terminal = element.closest<HTMLElement>('[data-terminal]')?.dataset['terminal']
  const view = useHouse.getState().projection.view
  if (terminal === undefined || view === null) return null
  const session = view.shells.find(({ id }) => id === terminal)?.session ?? terminal
  return view.sessions.find(({ id }) => id === session) ?? null
}
