/** Screens for tests, kept by real headless terminals in the same thread: thousands of cases need no thousands of workers. */

import { createScreen, type HeadlessScreen } from '../screen.ts'
import type { Screens } from '../screens.ts'

export function createNearScreens(scrollback: number): Screens {
  const screens = new Map<string, HeadlessScreen>()
  const unparsed = new Map<string, number>()
  const of = (id: string): HeadlessScreen => {
    const screen = screens.get(id)
    if (screen === undefined) throw new Error(`There is no screen ${id}.`)
    return screen
  }
  return {
    open(id, cols, rows, listener) {
      const answer = (text: string): void => listener.answered(new TextEncoder().encode(text))
      screens.set(id, createScreen({ cols, rows, scrollback, answer }))
    },
    write(id, bytes, answer) {
      unparsed.set(id, (unparsed.get(id) ?? 0) + bytes.length)
      of(id).write(Uint8Array.from(bytes), answer, () => unparsed.set(id, (unparsed.get(id) ?? 0) - bytes.length))
    },
    resize: (id, cols, rows) => of(id).resize(cols, rows),
    dispose(id) {
      of(id).dispose()
      screens.delete(id)
    },
    screen: (id) => new Promise((resolve) => of(id).take(resolve)),
    text: (id, maxLines) => new Promise((resolve) => of(id).text(maxLines, resolve)),
    keepLines: (lines) => screens.forEach((screen) => screen.keepLines(lines)),
    begin: (id) => of(id).begin(),
    keepsake: (id) => new Promise((resolve) => of(id).keepsake(1_000_000, resolve)),
    restore: (id, bytes, below) => Promise.resolve(of(id).restore(bytes, below)),
    unparsed: (id) => unparsed.get(id) ?? 0,
    lost: { on: () => () => undefined },
    close: () => Promise.resolve(screens.forEach((screen) => screen.dispose())),
  }
}
