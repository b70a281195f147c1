/** Waits for the end of the turn in which a session writes its note. Presses no key and stops nothing. */

import { isLive, type Session } from '../../../shared/model/session.ts'
import type { Clock } from '../../kit/clock.ts'
import type { LiveSession } from '../live-session.ts'
import type { Run } from '../run.ts'
import type { Sessions } from '../sessions.ts'

/** `ended`: it rests. `late`: it went on for too long. `gone`: its process ended by itself. `stopped`: the user ended it. */
export type TurnEnd = 'ended' | 'late' | 'gone' | 'stopped'

/** A prompt that was typed while it worked may become a turn of its own, which begins a moment after the end of the first. */
const NEXT_TURN_MS = 4000
const LONGEST_MS = 10 * 60_000

const AT_REST: ReadonlySet<Session['state']> = new Set(['idle', 'background', 'limited'])

/** `run` is the one that was asked; `written` says whether the note is there: then the end of a turn is the end. */
export function turnToEnd({
  session,
  run,
  sessions,
  clock,
  written,
}: {
  readonly session: LiveSession
  readonly run: Run | null
  readonly sessions: Pick<Sessions, 'onChange'>
  readonly clock: Clock
  written(): Promise<boolean>
}): Promise<TurnEnd> {
  return new Promise((resolve, reject) => {
    let over = false
    let callOffNext: (() => void) | null = null

    function end(how: TurnEnd): void {
      over = true
      callOffNext?.()
      callOffLongest()
      unfollow()
      resolve(how)
    }

    function rests(): void {
      if (session.view().state === 'limited') return end('ended')
      callOffNext ??= clock.after(NEXT_TURN_MS, () => end('ended'))
      written().then((is) => {
        if (is && !over && AT_REST.has(session.view().state)) end('ended')
      }, reject)
    }

    function look(): void {
      if (over) return
      const { state } = session.view()
      if (!isLive(state)) return end(session.record().exit?.asked === true ? 'stopped' : 'gone')
      // After a crash it may be started again at once.
      if (session.run() !== run) return end('gone')
      if (AT_REST.has(state)) return rests()
      callOffNext?.()
      callOffNext = null
    }

    const unfollow = sessions.onChange(({ id }) => {
      if (id === session.id) look()
    })
    const callOffLongest = clock.after(LONGEST_MS, () => end('late'))
    look()
  })
}
