/** How the end of a Claude Code process is said. Pure. */

import type { SessionState } from '../../shared/model/session.ts'

/** Takes the state and how the process ended; gives one sentence. */
export function endWords(
  state: SessionState,
  exit: { readonly code: number | null; readonly signal: number | string | null },
): string {
  if (state === 'paused') return 'This session is paused. Starting it again continues its conversation.'
  if (exit.signal !== null && exit.signal !== 0) return `Claude Code was ended by signal ${exit.signal}.`
  return exit.code === null ? 'Claude Code is not running.' : `Claude Code ended (exit ${exit.code}).`
}
