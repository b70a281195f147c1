/** One xterm.js with what is the same for every terminal: its options, its guards against what programs print, its links. */

import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes'
import { Terminal } from '@xterm/xterm'
import '@xterm/xterm/css/xterm.css'
import { tame } from '../../shared/model/taming.ts'
import { guardClipboard } from './clipboard.ts'
import { addLinks } from './opening.ts'
import { guardPastes } from './pasting.ts'

/** Makes one that draws nothing yet; `host` is the element it will be opened in. */
export function createTerminal(host: HTMLElement): Terminal {
  const terminal = new Terminal({
    allowProposedApi: true,
    cursorBlink: false,
    cursorInactiveStyle: 'outline',
    lineHeight: 1.2,
    scrollback: 10_000,
    macOptionIsMeta: true,
    // A program that was told of another background must stay readable on ours; colours that are readable stay as they are.
    minimumContrastRatio: 4.5,
  })
  tame(terminal, () => performance.now())
  terminal.loadAddon(new UnicodeGraphemesAddon())
  guardClipboard(terminal, host)
  guardPastes(terminal, host)
  addLinks(terminal, host)
  return terminal
}
