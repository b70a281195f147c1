/** Which links in a terminal may be opened: web addresses only, only on purpose, and always away from this page. */

/** Takes any text; gives the web address it is, or null. */
export function webAddress(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') ? url : null
}

/** Opens a web address after a click with Ctrl or Cmd; anything else does nothing. */
export function openLink(event: MouseEvent, text: string): void {
  const url = webAddress(text)
  if (url !== null && (event.ctrlKey || event.metaKey)) window.open(url.href, '_blank', 'noopener')
}
