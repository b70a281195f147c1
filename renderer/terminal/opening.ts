/** Links in a terminal: web addresses, which open away from this page, and places in files, which show in the review. */

import { WebLinksAddon } from '@xterm/addon-web-links'
import type { IBufferRange, Terminal } from '@xterm/xterm'
import { misleads, targetOf, webAddress } from './links.ts'
import { pathLinks } from './path-links.ts'
import { createPointing } from './pointing.ts'
import { askUser } from './questions.ts'
import { sessionAt } from './whose.ts'

/** What the user reads where the link is. */
function textIn({ buffer: { active } }: Terminal, { start, end }: IBufferRange): string {
  let text = ''
  // A link over more rows than this says enough with its beginning.
  for (let row = start.y; row <= Math.min(end.y, start.y + 8); row += 1) {
    const [from, to] = [row === start.y ? start.x - 1 : 0, row === end.y ? end.x : undefined]
    text += active.getLine(row - 1)?.translateToString(true, from, to) ?? ''
  }
  return text
}

function open(url: URL): void {
  window.open(url.href, '_blank', 'noopener')
}

/** Makes the links of a terminal work: only on purpose, and only after their target could be read. */
export function addLinks(terminal: Terminal, host: HTMLElement): void {
  const pointing = createPointing(host)
  const show = (event: MouseEvent, text: string): void => {
    const url = webAddress(text)
    if (url !== null) pointing.show(`${targetOf(url)}  (Ctrl or Cmd and click opens it)`, event)
  }
  const activate = (event: MouseEvent, target: string, read: string): void => {
    const url = webAddress(target)
    if (url === null || (!event.ctrlKey && !event.metaKey)) return
    if (!misleads(read, url)) return open(url)
    pointing.hide()
    askUser({ kind: 'link', text: read, target: targetOf(url), yes: () => open(url), done: () => terminal.focus() })
  }
  terminal.options.linkHandler = {
    activate: (event, target, range) => activate(event, target, textIn(terminal, range)),
    hover: show,
    leave: pointing.hide,
  }
  terminal.loadAddon(new WebLinksAddon((event, target) => activate(event, target, target), { hover: show, leave: pointing.hide }))
  terminal.registerLinkProvider(pathLinks(terminal, () => sessionAt(host), pointing))
}
