/** The screens of this page and the wire they share. A screen that nobody needs now waits for its next use. */

import { onFrame, onOpen, postFrame } from '../state/house.ts'
import { createScreen, type Screen } from './screen.ts'
import { createWire } from './wire.ts'

const wire = createWire(postFrame, () => document.hasFocus())
onFrame((bytes) => wire.take(bytes))
onOpen(() => wire.reopen())
window.addEventListener('focus', () => wire.claim())
let resized = 0
// Who makes a window larger or smaller looks at it, whichever has the focus. Once it rests, and its panes have their places.
window.addEventListener('resize', () => {
  window.clearTimeout(resized)
  resized = window.setTimeout(() => document.visibilityState === 'visible' && wire.claim(), 200)
})

const idle: Screen[] = []

/** Gives a screen that is nowhere on the page. Graphics contexts are few and are not given back in time: none is thrown away. */
export function takeScreen(): Screen {
  return idle.pop() ?? createScreen(wire)
}

/** Takes back a screen that is no longer needed. */
export function leaveScreen(screen: Screen): void {
  screen.unmount()
  idle.push(screen)
}

/** A session shows before its terminal is there: asks again for the screens that did not come. */
export function nudge(): void {
  wire.nudge()
}
