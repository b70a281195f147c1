/**
 * `protocol`: the app's own scheme handlers, running as they are. Chromium knows no custom schemes, so `app://host/…`
 * is `http://host.app.localhost/…` for it, answered by a loopback server of this process. `*.localhost` is a secure
 * context, and the name stays the same from start to start, so localStorage does too.
 */

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeStream } from 'node:stream/web'
import { strict } from './strict.ts'

type Handler = (request: Request) => Response | Promise<Response>

const privileged = new Set<string>()
const handlers = new Map<string, Handler>()

/** `app://sluice/x` → what Chromium is told; every other address as it is. */
export function toChromium(url: string): string {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]+)(.*)$/su.exec(url)
  const [, scheme = '', host = '', rest = ''] = match ?? []
  return privileged.has(scheme) ? `http://${host}.${scheme}.localhost${rest}` : url
}

/** What Chromium says → `app://sluice/x`; every other address as it is. */
export function fromChromium(url: string): string {
  const match = /^http:\/\/([^/?#]+)\.([a-z0-9+-]+)\.localhost(.*)$/su.exec(url)
  const [, host = '', scheme = '', rest = ''] = match ?? []
  return privileged.has(scheme) ? `${scheme}://${host}${rest}` : url
}

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes: readonly { scheme: string; privileges?: { standard?: boolean; secure?: boolean } }[]) {
    for (const { scheme, privileges } of schemes) {
      if (privileges?.standard !== true || privileges.secure !== true) {
        throw new Error(`The Electron stand-in can only play standard and secure schemes, and “${scheme}” is not.`)
      }
      privileged.add(scheme)
    }
  },
  handle(scheme: string, handler: Handler) {
    if (!privileged.has(scheme))
      throw new Error(`The Electron stand-in can only handle a privileged scheme, and “${scheme}” is not.`)
    handlers.set(scheme, handler)
  },
})

async function answer(host: string, path: string, method: string): Promise<Response> {
  const url = fromChromium(`http://${host}${path}`)
  const scheme = url.slice(0, url.indexOf(':'))
  const handler = handlers.get(scheme)
  if (!privileged.has(scheme) || handler === undefined) return new Response('No such scheme.', { status: 404 })
  return await handler(new Request(url, { method }))
}

/** Starts the server that answers for the schemes; gives its port. It never keeps the process alive. */
export async function serveSchemes(): Promise<number> {
  const server: Server = createServer((request, reply) => {
    const fault = (error: unknown): void => {
      process.stderr.write(`The protocol handler threw: ${String(error)}\n`)
      reply.writeHead(500).end()
    }
    const send = (response: Response): void => {
      reply.writeHead(response.status, [...response.headers].flat())
      if (response.body === null) reply.end()
      else Readable.fromWeb(response.body as NodeStream).pipe(reply)
    }
    answer(request.headers.host ?? '', request.url ?? '/', request.method ?? 'GET').then(send, fault)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  return (server.address() as AddressInfo).port
}
