/** A real host on a free port with a small page, and bare clients that may send whatever a test wants. */

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { WebSocket, type ClientOptions } from 'ws'
import { systemClock, type Clock } from '../../kit/clock.ts'
import { createLog } from '../../kit/log.ts'
import { startHost, type Host } from '../host.ts'
import { fixtureHouse, type FixtureHouse } from './house.ts'

export type Started = {
  readonly host: Host
  readonly house: FixtureHouse
  readonly dataDir: string
  readonly log: string[]
}

/** Starts a host that ends with the test. */
export async function started(clock: Clock = systemClock): Promise<Started> {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-serve-'))
  const pages = join(folder, 'pages')
  const dataDir = join(folder, 'data')
  for (const path of [dataDir, join(pages, 'assets')]) mkdirSync(path, { recursive: true })
  writeFileSync(join(folder, 'secret.txt'), 'TOP SECRET')
  mkdirSync(join(folder, 'pages-secret'))
  writeFileSync(join(folder, 'pages-secret', 'x.txt'), 'TOP SECRET')
  writeFileSync(
    join(pages, 'index.html'),
    '<!doctype html><title>Sluice</title><script type="module" src="/assets/index-DEADbeef.js"></script>',
  )
  writeFileSync(join(pages, 'assets', 'index-DEADbeef.js'), 'document.title = "ran"\n')
  writeFileSync(join(pages, '.env'), 'TOP SECRET')
  symlinkSync(join(folder, 'secret.txt'), join(pages, 'link.txt'))
  symlinkSync(folder, join(pages, 'up'))
  symlinkSync(join(folder, 'pages-secret', 'x.txt'), join(pages, 'sibling.txt'))
  const [house, log] = [fixtureHouse(), [] as string[]]
  const result = await startHost({
    house,
    dataDir,
    pages,
    version: '0.0.0',
    clock,
    log: createLog({ write: (line) => log.push(line) }, () => new Date()),
  })
  if (!result.ok) throw new Error(result.failure.message)
  onTestFinished(async () => {
    await result.value.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return { host: result.value, house, dataDir, log }
}

export type Answered = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string }

/** One request exactly as given: the path is not tidied up, and Host can be anything. */
export function ask(
  host: Host,
  path: string,
  options: { readonly method?: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: string } = {},
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port: host.port,
        path,
        method: options.method ?? 'GET',
        headers: { ...options.headers },
        agent: false,
      },
      (response) => {
        let body = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => (body += chunk))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
      },
    )
    request.on('error', reject)
    request.end(options.body)
  })
}

/** What a browser holds after the printed address: the cookie as it sends it, and what its page found behind the #. */
export async function keysOf(host: Host): Promise<{ readonly cookie: string; readonly page: string }> {
  const { headers } = await ask(host, `/?token=${host.token}`)
  const cookie = headers['set-cookie']?.[0]?.split(';', 1)[0]
  const page = headers.location?.split('#')[1]
  if (cookie === undefined || page === undefined) throw new Error('No keys.')
  return { cookie, page }
}

/** Exchanges the token for the cookie, as a browser does. */
export async function cookieOf(host: Host): Promise<string> {
  return (await keysOf(host)).cookie
}

export const bearer = (host: Host): Record<string, string> => ({ Authorization: `Bearer ${host.token}` })

/** What a browser sends from the page of this host. */
export async function fromPage(host: Host): Promise<Record<string, string>> {
  const { cookie, page } = await keysOf(host)
  return { Cookie: cookie, Origin: `http://127.0.0.1:${host.port}`, 'Sec-WebSocket-Protocol': `sluice, sluice.${page}` }
}

export type Line = {
  readonly socket: WebSocket
  readonly texts: unknown[]
  readonly binaries: Uint8Array[]
  /** The close code, once it is closed. */
  readonly closed: Promise<number>
}

/** Opens a socket; rejects with the status when it is refused. */
export function connect(
  host: Host,
  headers: Readonly<Record<string, string>>,
  path = '/socket',
  options: ClientOptions = {},
): Promise<Line> {
  return new Promise((resolve, reject) => {
    const { 'Sec-WebSocket-Protocol': offered = '', ...rest } = headers
    const protocols = offered === '' ? [] : offered.split(', ')
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, protocols, { ...options, headers: rest })
    onTestFinished(() => socket.terminate())
    const texts: unknown[] = []
    const binaries: Uint8Array[] = []
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) binaries.push(Uint8Array.from(data))
      else texts.push(JSON.parse(data.toString()))
    })
    const closed = new Promise<number>((done) => {
      socket.once('close', done)
    })
    socket.on('error', reject)
    socket.on('unexpected-response', (_request, response) => {
      reject(new Error(`refused with ${response.statusCode}`))
      socket.terminate()
    })
    socket.once('open', () => resolve({ socket, texts, binaries, closed }))
  })
}

/** Waits until the claim holds. */
export async function until(claim: () => boolean): Promise<void> {
  await expect.poll(claim, { interval: 5 }).toBe(true)
}
