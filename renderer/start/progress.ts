/** How far a start has come, in words. Pure. */

import type { Session } from '../../shared/model/session.ts'

/** Takes the sessions, the name of the one that starts, and the setup command of the repository. */
export function progressOf(sessions: readonly Session[], name: string, setup: string | null): string {
  const session = sessions.find((one) => one.name === name)
  if (session === undefined) return 'Reading the repository…'
  if (session.pid !== undefined || session.state !== 'starting') return 'Claude Code is starting…'
  const making = setup === null ? 'Making the worktree…' : `Making the worktree and running “${setup}”…`
  return `${making} You may close this; its tab is there.`
}
