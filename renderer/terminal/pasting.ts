/** The one way by which text gets from the clipboard into a program. */

import type { Terminal } from '@xterm/xterm'
import { DEFAULT_SETTINGS } from '../../shared/model/settings.ts'
import { toast, useHouse } from '../state/store.ts'
import { isRisky, pasteOf, refusalOf, typed } from './paste.ts'
import { askUser } from './questions.ts'
import { terminalAt } from './whose.ts'

export const MOVED = 'Nothing was pasted: another terminal shows there by now. Paste again in the one you mean.'

/** Takes the place of what xterm.js does with a paste, also where it is asked to paste. */
export function guardPastes(terminal: Terminal, host: HTMLElement): void {
  terminal.paste = (clipboard) => {
    const refusal = refusalOf(clipboard)
    if (refusal !== null) return toast({ tone: 'failure', message: refusal })
    const paste = pasteOf(clipboard)
    if (paste.text === '') return
    const asksFirst = (useHouse.getState().projection.view?.settings ?? DEFAULT_SETTINGS).confirmPaste
    const meant = terminalAt(host)
    const give = (): void => {
      // Its session may be gone by the answer: what was copied for one program is no other one's.
      if (terminalAt(host) !== meant) return toast({ tone: 'failure', message: MOVED })
      // Asked when it happens: the program may have changed what it wants since.
      terminal.input(typed(paste, terminal.modes.bracketedPasteMode), true)
    }
    if (!asksFirst || !isRisky(paste, terminal.modes.bracketedPasteMode)) return give()
    askUser({ kind: 'paste', paste, yes: give, done: () => terminalAt(host) === meant && terminal.focus() })
  }
  host.addEventListener(
    'paste',
    (event) => {
      event.preventDefault()
      event.stopPropagation()
      terminal.paste(event.clipboardData?.getData('text/plain') ?? '')
    },
    { capture: true },
  )
}
