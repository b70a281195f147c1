/** Whether one more session runs at once or waits its turn. Pure; the House decides. */

import { takesRoom, type Session } from '../../shared/model/session.ts'

/** How many wait for room already. */
const inLine = (sessions: readonly Session[]): number => sessions.filter(({ place }) => place !== undefined).length

/** True when one more would run now. */
export function hasRoom(sessions: readonly Session[], maxSessions: number): boolean {
  return inLine(sessions) === 0 && sessions.filter(takesRoom).length < maxSessions
}

/** What the button says: “Start session”, or “Start when there is room (2 wait)”. */
export function startWords(sessions: readonly Session[], maxSessions: number, verb: 'Start' | 'Fork'): string {
  if (hasRoom(sessions, maxSessions)) return `${verb} session`
  const waiting = inLine(sessions)
  return `${verb} when there is room${waiting === 0 ? '' : ` (${waiting} ${waiting === 1 ? 'waits' : 'wait'})`}`
}
