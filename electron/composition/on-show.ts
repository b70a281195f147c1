/** Which sessions' files are on show: the last few whose work was asked for. Nobody says when a page looks away. */

import type { LiveSession } from '../sessions/live-session.ts'

/** Two may be seen side by side. A large worktree has thousands of folders to watch, and the system allows so many. */
const MOST = 2

/** Gives the way to say that a session's work is asked for. */
export function createOnShow(): (session: LiveSession) => void {
  const shown: LiveSession[] = []
  return (session) => {
    const at = shown.findIndex(({ id }) => id === session.id)
    if (at >= 0) shown.splice(at, 1)
    shown.unshift(session)
    for (const hidden of shown.splice(MOST)) hidden.files.hide()
    session.files.show()
  }
}
