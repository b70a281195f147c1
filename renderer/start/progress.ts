/** How far a start has come, in words. Pure. */

import type { Session } from '../../shared/model/session.ts'

/** Takes the sessions and the name of the one that starts. Its setup is not said here: it shows in its terminal, and the dialog is gone by then. */
export function progressOf(sessions: readonly Session[], name: string): string {
  const session = sessions.find((one) => one.name === name)
  if (session === undefined) return 'Reading the repository…'
  if (session.pid !== undefined || session.state !== 'starting') return 'Claude Code is starting…'
  return session.research
    ? 'Starting… You may close this; its tab is there.'
    : 'Making the worktree… You may close this; its tab is there.'
}
