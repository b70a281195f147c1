/**
 * What a page may do: which address is ours, which link may leave, who may talk to the House. Pure decisions; the
 * parts that enforce them are in `locks.ts`, `pages.ts` and `carrier.ts`.
 */

export const SCHEME = 'app'
const HOST = 'sluice'
/** The one page of the app. */
export const START = `${SCHEME}://${HOST}/`

function parse(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null
}

/** True for an address of our own pages and nothing that only looks like one. */
export function isOwnOrigin(url: string): boolean {
  const parsed = parse(url)
  if (parsed === null) return false
  const { protocol, hostname, port, username, password } = parsed
  return protocol === `${SCHEME}:` && hostname === HOST && port === '' && username === '' && password === ''
}

/** A longer address is not something a person clicked on. */
const MAX_LINK = 8192

/** Takes an address a page asks to open; gives it parsed when the user's browser may have it, else null. */
export function externalLink(url: string): URL | null {
  const parsed = url.length <= MAX_LINK ? parse(url) : null
  if (parsed === null || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')) return null
  // “https://bank.example@evil.example” shows one host and goes to another.
  return parsed.username === '' && parsed.password === '' ? parsed : null
}

/** How long one press of a key or button speaks for the page: as long as Chromium's own user activation. */
export const GESTURE_MS = 5000

const PRESSES: ReadonlySet<string> = new Set(['mouseDown', 'mouseUp', 'rawKeyDown', 'keyDown', 'gestureTap', 'touchEnd'])

/** True for input by which a user asks for something; moving the mouse or scrolling asks for nothing. */
export function isPress(type: string): boolean {
  return PRESSES.has(type)
}

/** True while the last press, if any, still speaks for the page. Times are milliseconds of one clock. */
export function isFresh(lastPress: number | null, now: number): boolean {
  return lastPress !== null && now - lastPress >= 0 && now - lastPress <= GESTURE_MS
}

/** Our own page may write text to the clipboard, for its copy buttons, and tell the user when a session needs them. */
const GRANTED: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'notifications'])

/** Everything else is refused, and everything to every other page. */
export function mayGrant(permission: string, requestingUrl: string): boolean {
  return GRANTED.has(permission) && isOwnOrigin(requestingUrl)
}

export type Sender = { readonly url: string; readonly isMainFrame: boolean }

/** True when a message comes from our own page in a window's main frame; null is a frame that is gone. */
export function isOwnSender(sender: Sender | null): boolean {
  return sender !== null && sender.isMainFrame && isOwnOrigin(sender.url)
}
