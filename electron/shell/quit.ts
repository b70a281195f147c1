/** Holds the quit back until the House has closed, and no longer than a user would wait. */

import type { App } from 'electron'
import type { Clock } from '../kit/clock.ts'

/** A House that does not close in this time is left: the user asked to quit. */
export const QUIT_MS = 15_000

/** Runs `close` once, before the first quit goes through; `late` hears when it took too long. `close` must not reject. */
export function closeBeforeQuit(
  app: Pick<App, 'quit'> & { on(event: 'before-quit', listener: (event: { preventDefault(): void }) => void): unknown },
  clock: Clock,
  close: () => Promise<void>,
  late: () => void,
): void {
  let phase: 'running' | 'closing' | 'closed' = 'running'

  async function closeThenQuit(): Promise<void> {
    const tooLate = Promise.withResolvers<void>()
    const giveUp = clock.after(QUIT_MS, () => {
      late()
      tooLate.resolve()
    })
    await Promise.race([close(), tooLate.promise])
    giveUp()
    phase = 'closed'
    app.quit()
  }

  app.on('before-quit', (event) => {
    if (phase === 'closed') return
    event.preventDefault()
    if (phase === 'closing') return
    phase = 'closing'
    void closeThenQuit()
  })
}
