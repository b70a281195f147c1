/** One xterm.js with what is the same for every terminal: its options, its guards against what programs print, its links. */

import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes'
import { WebLinksAddon } from '@xterm/addon-web-links'
import { Terminal } from '@xterm/xterm'
import '@xterm/xterm/css/xterm.css'
import { guardCounts } from '../../shared/model/csi-guard.ts'
import { openLink, webAddress } from './links.ts'

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
    linkHandler: {
      activate: (event, text) => openLink(event, text),
      hover: (_event, text) => (host.title = webAddress(text) === null ? '' : `${text}  (Ctrl or Cmd and click opens it)`),
      leave: () => (host.title = ''),
    },
  })
  guardCounts(terminal)
  terminal.loadAddon(new UnicodeGraphemesAddon())
  terminal.loadAddon(new WebLinksAddon(openLink))
  return terminal
}
