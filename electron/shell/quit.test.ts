import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { systemClock, type Clock } from '../kit/clock.ts'
import { closeBeforeQuit, QUIT_MS } from './quit.ts'

/** Electron's part: `quit` asks, and goes through when nobody prevents it. */
class FixtureApp extends EventEmitter {
  asked = 0
  gone = false

  quit(): void {
    this.asked += 1
    let prevented = false
    this.emit('before-quit', { preventDefault: () => (prevented = true) })
    this.gone = !prevented
  }
}

test('the first quit waits for the close, and later ones do not close twice', async () => {
  const app = new FixtureApp()
  const gate = Promise.withResolvers<void>()
  let closes = 0
  const close = (): Promise<void> => {
    closes += 1
    return gate.promise
  }
  closeBeforeQuit(app, systemClock, close, () => expect.unreachable())
  app.quit()
  app.quit()
  expect([closes, app.gone]).toEqual([1, false])
  gate.resolve()
  await expect.poll(() => app.gone).toBe(true)
  expect([closes, app.asked]).toEqual([1, 3])
})

test('a close that never ends does not keep the app', async () => {
  const app = new FixtureApp()
  let late = 0
  const timers: { readonly milliseconds: number; readonly callback: () => void }[] = []
  const clock: Clock = {
    now: () => new Date(0),
    elapsed: () => 0,
    after(milliseconds, callback) {
      timers.push({ milliseconds, callback })
      return () => undefined
    },
  }
  closeBeforeQuit(
    app,
    clock,
    () => new Promise(() => undefined),
    () => (late += 1),
  )
  app.quit()
  expect(timers.map((timer) => timer.milliseconds)).toEqual([QUIT_MS])
  timers[0]?.callback()
  await expect.poll(() => app.gone).toBe(true)
  expect(late).toBe(1)
})
