/** The headers of every answer, and the few short answers that are not the page itself. */

import type { ServerResponse } from 'node:http'
import type { Reply } from '../../shared/contract.ts'
import { CONTENT_SECURITY_POLICY } from '../kit/page-files.ts'

/** No CORS header, ever. */
export const HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  more: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    ...HEADERS,
    'Cache-Control': 'no-store',
    'Content-Type': `${type}; charset=utf-8`,
    'Content-Length': Buffer.byteLength(body),
    ...more,
  })
  response.end(response.req.method === 'HEAD' ? undefined : body)
}

/** A refusal in one sentence. */
export function sayNo(
  response: ServerResponse,
  status: number,
  sentence: string,
  more: Readonly<Record<string, string>> = {},
): void {
  send(response, status, 'text/plain', `${sentence}\n`, more)
}

export function sendReply(response: ServerResponse, status: number, reply: Reply): void {
  send(response, status, 'application/json', JSON.stringify(reply))
}

/** Sends the browser to the page without the token in its address; what is behind the # reaches no server. */
export function sendToPage(response: ServerResponse, { cookie, page }: { readonly cookie: string; readonly page: string }): void {
  response.writeHead(303, { ...HEADERS, 'Cache-Control': 'no-store', Location: page, 'Set-Cookie': cookie, 'Content-Length': 0 })
  response.end()
}

/**
 * The same for somebody whom another site's link led here: a redirect would still count as that site's and not send the strict
 * cookie, what this document starts does.
 */
export function sendOnward(response: ServerResponse, { cookie, page }: { readonly cookie: string; readonly page: string }): void {
  send(
    response,
    200,
    'text/html',
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sluice</title><p><a href="${page}">Go on to Sluice</a>.</p></html>\n`,
    { 'Set-Cookie': cookie, Refresh: `0; url=${page}` },
  )
}

/**
 * What somebody without a cookie sees. The link is for those who came from another site's link with the right token: their
 * first visit does not send the strict cookie, their click here does.
 */
export function sendDoor(response: ServerResponse, status: 401 | 403): void {
  const why =
    status === 403
      ? 'This address is not valid any more: every start of Sluice makes a new one.'
      : 'This browser has not been let in yet.'
  send(
    response,
    status,
    'text/html',
    `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Sluice</title>
<style>
  :root { color-scheme: light dark }
  body { font: 16px/1.6 system-ui, sans-serif; max-width: 36em; margin: 20vh auto; padding: 0 1.5em }
  code { font-family: ui-monospace, monospace }
</style>
<h1>Sluice</h1>
<p>${why}</p>
<p>Open the address that <code>sluice serve</code> printed; it ends with <code>?token=…</code>. If it is gone, stop that command and run
<code>sluice serve</code> again.</p>
<p>You have just used it? <a href="/">Go on to Sluice</a>.</p>
</html>
`,
  )
}
