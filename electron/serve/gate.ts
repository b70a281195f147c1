/** Who may come in: decides from headers alone. Knows the rules of browsers; knows nothing of pages, calls or sockets. */

import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { BrowserKey } from './browser-key.ts'

export type Keys = {
  readonly port: number
  /** In the printed address, and what the command line sends. */
  readonly token: string
} & BrowserKey

/** What a page's socket speaks. The page offers it plain, for the answer, and with its secret behind a dot, which is never echoed. */
export const PROTOCOL = 'sluice'

/** Compares without telling by its time how much was right. */
export function isSecret(given: string, secret: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(secret))
}

/**
 * Takes the headers of any request, gives the sentence that refuses it, or null. A foreign Host is another site's name that
 * was pointed at this machine; a foreign Origin is another site's page.
 */
export function refusal(headers: IncomingHttpHeaders, port: number): string | null {
  const host = headers.host?.toLowerCase() ?? ''
  if (![`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`].includes(host)) {
    return `Sluice answers only at http://127.0.0.1:${port} and http://localhost:${port}. Through a tunnel, forward the same port number: ssh -L ${port}:127.0.0.1:${port}.`
  }
  if (headers.origin !== undefined && headers.origin.toLowerCase() !== `http://${host}`) {
    return 'Sluice does not answer the pages of other sites.'
  }
  return null
}

/** Cookies do not know ports; the name keeps two hosts on one machine apart. */
export function cookieName(port: number): string {
  return `sluice_${port}`
}

/** The header that lets a browser in. It has no end of its own: browsers that restore their last session keep it. */
export function setCookie({ port, cookieSecret }: Keys): string {
  return `${cookieName(port)}=${cookieSecret}; HttpOnly; SameSite=Strict; Path=/`
}

function hasCookie(headers: IncomingHttpHeaders, { port, cookieSecret }: Keys): boolean {
  const prefix = `${cookieName(port)}=`
  return (headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .some((pair) => pair.startsWith(prefix) && isSecret(pair.slice(prefix.length), cookieSecret))
}

/** True for `Authorization: Bearer TOKEN`. */
export function hasToken(headers: IncomingHttpHeaders, keys: Keys): boolean {
  const bearer = /^Bearer (\S+)$/iu.exec(headers.authorization ?? '')?.[1]
  return bearer !== undefined && isSecret(bearer, keys.token)
}

/** True when pages may be given. */
export function maySee(headers: IncomingHttpHeaders, keys: Keys): boolean {
  return hasCookie(headers, keys) || hasToken(headers, keys)
}

function hasPageSecret(headers: IncomingHttpHeaders, { pageSecret }: Keys): boolean {
  const prefix = `${PROTOCOL}.`
  return (headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((offered) => offered.trim())
    .some((offered) => offered.startsWith(prefix) && isSecret(offered.slice(prefix.length), pageSecret))
}

/**
 * True when a socket may be opened. The cookie proves nothing here: browsers hand it to every port of this machine, and whoever
 * got it there can claim any Origin. So a page also shows the secret that only its own origin can read.
 */
export function mayConnect(headers: IncomingHttpHeaders, keys: Keys): boolean {
  if (hasToken(headers, keys)) return true
  return headers.origin !== undefined && hasCookie(headers, keys) && hasPageSecret(headers, keys)
}
