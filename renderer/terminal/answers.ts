/** Tells what somebody typed from what a terminal answers by itself when a program asks it. Knows one xterm.js, and nothing of where either goes. */

import type { Terminal } from '@xterm/xterm'

type Inner = { readonly _core: { readonly coreService: { onUserInput(listener: () => void): unknown } } }

/** That the terminal got or lost the keyboard: the program asked for it, and a person did it. */
const FOCUS = ['\u001b[I', '\u001b[O']

export type Saying = 'typed' | 'answered' | 'focus'

/** Calls back with everything that the terminal would send. xterm.js 6.0.0 tells its inner parts which of it a person did, right before. */
export function tellApart(terminal: Terminal, say: (data: string, as: Saying) => void): void {
  let typed = false
  const { _core: core } = terminal as unknown as Inner
  core.coreService.onUserInput(() => {
    typed = true
  })
  terminal.onData((data) => {
    const as: Saying = typed ? 'typed' : FOCUS.includes(data) ? 'focus' : 'answered'
    typed = false
    say(data, as)
  })
}
