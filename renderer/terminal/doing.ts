/** What can be asked of a screen, done; says in a short message what could not be. */

import { toast } from '../state/store.ts'
import type { TerminalAsk } from '../state/terminal-asks.ts'
import type { Screen } from './screen.ts'

const say = (message: string): void => toast({ tone: 'done', message })

async function paste(screen: Screen): Promise<void> {
  try {
    const text = await navigator.clipboard.readText()
    if (text === '') return say('There is no text to paste.')
    screen.paste(text)
    screen.focus()
  } catch {
    say('The browser did not allow reading the clipboard. Paste with the keys instead.')
  }
}

/** Does it; finding is not a matter of the screen alone. */
export function doInScreen(screen: Screen, ask: Exclude<TerminalAsk, 'find'>): void {
  switch (ask) {
    case 'copy':
      return void screen.copy().then((copied) => {
        if (!copied) say('Nothing was copied: select something in the terminal first.')
      })
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
