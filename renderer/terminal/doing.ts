/** What can be asked of a screen, done; says in a short message what could not be. */

import { toast } from '../state/store.ts'
import type { TerminalAsk } from '../state/terminal-asks.ts'
import { MOVED } from './pasting.ts'
import type { Screen } from './screen.ts'

const say = (message: string): void => toast({ tone: 'done', message })

async function paste(screen: Screen): Promise<void> {
  const meant = screen.shown()
  try {
    const text = await navigator.clipboard.readText()
    if (text === '') return say('There is no text to paste.')
    // The browser may have asked for leave first, which takes as long as it takes.
    if (screen.shown() !== meant) return say(MOVED)
    screen.paste(text)
    screen.focus()
  } catch {
    say('The browser did not allow reading the clipboard. Paste with the keys instead.')
  }
}

async function copy(screen: Screen): Promise<void> {
  if (!screen.hasSelection()) return say('Nothing was copied: select something in the terminal first.')
  if (!(await screen.copy()))
    say('Nothing was copied: the browser did not allow it. Allow it to use the clipboard, and copy again.')
}

/** Does it; finding is not a matter of the screen alone. */
export function doInScreen(screen: Screen, ask: Exclude<TerminalAsk, 'find'>): void {
  switch (ask) {
    case 'copy':
      return void copy(screen)
    case 'paste':
      return void paste(screen)
    case 'select-all':
      screen.selectAll()
      return screen.focus()
    case 'clear':
      return screen.clear()
    case 'bottom':
      return screen.toBottom()
  }
}
