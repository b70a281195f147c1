/** The clipboard and what programs print (OSC 52): they never read it, and set it only where the user allowed that. */

import type { Terminal } from '@xterm/xterm'
import { DEFAULT_SETTINGS } from '../../shared/model/settings.ts'
import { asSeen } from '../state/as-seen.ts'
import { toast, useHouse } from '../state/store.ts'
import { clipboardText } from './clipboard-text.ts'
import { sessionAt } from './whose.ts'

const MOST_SAID = 60

function inSight(host: HTMLElement): boolean {
  return document.visibilityState === 'visible' && document.hasFocus() && host.contains(document.activeElement)
}

async function set(host: HTMLElement, text: string): Promise<void> {
  const name = sessionAt(host)?.name ?? 'A terminal'
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    return toast({ tone: 'failure', message: `“${name}” could not set the clipboard: the browser did not allow it.` })
  }
  const said = asSeen(text.slice(0, MOST_SAID)).replace(/\s+/gu, ' ')
  toast({ tone: 'done', message: `“${name}” set the clipboard: “${said}${text.length > MOST_SAID ? '…' : ''}”` })
}

/** Answers nothing that is asked of the clipboard; sets it if the user allows that and looks at this terminal. */
export function guardClipboard(terminal: Terminal, host: HTMLElement): void {
  terminal.parser.registerOscHandler(52, (data) => {
    const allowed = (useHouse.getState().projection.view?.settings ?? DEFAULT_SETTINGS).terminalClipboard
    const text = allowed && inSight(host) ? clipboardText(data) : null
    if (text !== null) void set(host, text)
    return true
  })
}
