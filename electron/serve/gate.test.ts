import { createServer } from 'node:http'
import { connect as connectTcp } from 'node:net'
import { networkInterfaces } from 'node:os'
import { statSync } from 'node:fs'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createLog } from '../kit/log.ts'
import { readAddress, removeAddress, writeAddress } from './address.ts'
import { startHost } from './host.ts'
import { fixtureHouse } from './testing/house.ts'
import { ask, bearer, connect, cookieOf, fromPage, started } from './testing/hosts.ts'

test('the printed address gives a cookie that is not the token, and leaves no token in the address', async () => {
  const { host } = await started()
  const first = await ask(host, new URL(host.url).pathname + new URL(host.url).search)
  expect(first.status).toBe(303)
  expect(first.headers.location).toBe('/')
  expect(first.headers['set-cookie']?.[0]).toMatch(
    new RegExp(`^sluice_${host.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`, 'u'),
  )
  expect(first.headers['set-cookie']?.[0]).not.toContain(host.token)
  expect(first.headers['referrer-policy']).toBe('no-referrer')
  expect(first.headers['cache-control']).toBe('no-store')
  const page = await ask(host, '/', { headers: { Cookie: `other=1; ${await cookieOf(host)}` } })
  expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
  expect(page.body).toContain('/assets/index-')
})

test('the printed address works again in another browser, for as long as the host lives', async () => {
  const { host } = await started()
  expect(await cookieOf(host)).toBe(await cookieOf(host))
})

test('without cookie or token there is only a door that says how to get in', async () => {
  const { host } = await started()
  for (const path of ['/', '/assets/index-DEADbeef.js', '/nothing']) {
    const { status, body, headers } = await ask(host, path)
    expect([path, status, headers['set-cookie']]).toEqual([path, 401, undefined])
    expect(body).toContain('sluice serve')
    expect(body).not.toContain(host.token)
  }
  const secret = (await cookieOf(host)).split('=')[1]!
  for (const Cookie of [
    `sluice_${host.port}=`,
    `sluice_${host.port}=${host.token}`,
    `sluice_${host.port + 1}=${secret}`,
    `x${await cookieOf(host)}`,
  ]) {
    expect((await ask(host, '/', { headers: { Cookie } })).status).toBe(401)
  }
})

test('a wrong token is refused, whatever its length', async () => {
  const { host } = await started()
  for (const token of ['', 'x', host.token.slice(0, -1), `${host.token}x`, 'é'.repeat(43), 'A'.repeat(43)]) {
    const { status, headers } = await ask(host, `/?token=${encodeURIComponent(token)}`)
    expect([token, status, headers['set-cookie']]).toEqual([token, 403, undefined])
  }
})

test('a foreign Host is refused even with the right cookie and token: that is DNS rebinding', async () => {
  const { host, house } = await started()
  const keys = { ...bearer(host), Cookie: await cookieOf(host) }
  for (const Host of [
    'evil.example',
    `evil.example:${host.port}`,
    '127.0.0.1',
    `127.0.0.1:${host.port + 1}`,
    `127.0.0.1.evil.example:${host.port}`,
    `localhost.:${host.port}`,
    `127.1:${host.port}`,
    `0.0.0.0:${host.port}`,
  ]) {
    for (const path of ['/', `/?token=${host.token}`, '/call/echo', '/assets/index-DEADbeef.js']) {
      expect([Host, path, (await ask(host, path, { headers: { ...keys, Host } })).status]).toEqual([Host, path, 403])
    }
    await expect(connect(host, { ...keys, Host })).rejects.toThrow('refused with 403')
  }
  expect(house.called).toEqual([])
  for (const Host of [`127.0.0.1:${host.port}`, `localhost:${host.port}`, `LOCALHOST:${host.port}`, `[::1]:${host.port}`]) {
    expect([Host, (await ask(host, '/', { headers: { ...keys, Host } })).status]).toEqual([Host, 200])
  }
})

test('a request without a Host, or with two, is refused', async () => {
  const { host } = await started()
  const raw = (head: string): Promise<string> =>
    new Promise((resolve, reject) => {
      let text = ''
      const socket = connectTcp(host.port, '127.0.0.1', () =>
        socket.write(`${head}\r\nConnection: close\r\nAuthorization: Bearer ${host.token}\r\n\r\n`),
      )
      socket.on('data', (data) => (text += data.toString()))
      socket.on('error', reject)
      socket.on('close', () => resolve(text))
    })
  const good = `Host: 127.0.0.1:${host.port}`
  expect(await raw(`GET / HTTP/1.0\r\n${good}`)).toMatch(/^HTTP\/1\.1 200 /u)
  for (const head of [
    'GET / HTTP/1.0',
    'GET / HTTP/1.1',
    'GET / HTTP/1.0\r\nHost:',
    `GET / HTTP/1.1\r\nHost: evil.example\r\n${good}`,
  ]) {
    expect([head, (await raw(head)).slice(0, 10)]).toEqual([head, 'HTTP/1.1 4'])
  }
})

test('a foreign Origin is refused even with the right cookie and token', async () => {
  const { host, house } = await started()
  const keys = { ...bearer(host), Cookie: await cookieOf(host) }
  for (const Origin of [
    'http://evil.example',
    'null',
    '',
    'file://',
    `https://127.0.0.1:${host.port}`,
    `http://127.0.0.1:${host.port + 1}`,
    `http://localhost:${host.port}`,
    `http://127.0.0.1:${host.port}.evil.example`,
  ]) {
    for (const path of ['/', '/call/echo']) {
      const { status, headers } = await ask(host, path, { method: path === '/' ? 'GET' : 'POST', headers: { ...keys, Origin } })
      expect([Origin, path, status]).toEqual([Origin, path, 403])
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    }
    await expect(connect(host, { ...keys, Origin })).rejects.toThrow('refused with 403')
  }
  expect(house.called).toEqual([])
})

test('a socket needs the cookie together with the Origin, or the token', async () => {
  const { host } = await started()
  const page = await fromPage(host)
  await expect(connect(host, {})).rejects.toThrow('refused with 401')
  await expect(connect(host, { Cookie: page['Cookie']! })).rejects.toThrow('refused with 401')
  await expect(connect(host, { Origin: page['Origin']! })).rejects.toThrow('refused with 401')
  await expect(connect(host, { ...page, Cookie: `sluice_${host.port}=${host.token}` })).rejects.toThrow('refused with 401')
  await expect(connect(host, { Authorization: `Bearer ${host.token}x` })).rejects.toThrow('refused with 401')
  await expect(connect(host, page, `/?token=${host.token}`)).rejects.toThrow('refused with 404')
  expect((await connect(host, page)).socket.readyState).toBe(1)
  expect((await connect(host, bearer(host))).socket.readyState).toBe(1)
})

test('it listens on the loopback interface only', async () => {
  const { host } = await started()
  const outside = Object.values(networkInterfaces()).flatMap((list) =>
    (list ?? []).filter((one) => !one.internal && one.family === 'IPv4'),
  )
  for (const { address } of outside) {
    await expect(fetch(`http://${address}:${host.port}/`)).rejects.toThrow('fetch failed')
  }
  const table = await readFile('/proc/net/tcp', 'utf8').catch(() => '')
  const hex = host.port.toString(16).toUpperCase().padStart(4, '0')
  const listening = table
    .split('\n')
    .flatMap((line) => (line.includes(`:${hex} 00000000:0000 0A`) ? [line.trim().split(/\s+/u)[1]] : []))
  expect(listening).toEqual(process.platform === 'linux' ? [`0100007F:${hex}`] : [])
})

test('a port that somebody has is refused with a sentence', async () => {
  const { dataDir } = await started()
  const other = createServer()
  await new Promise<void>((resolve) => {
    other.listen(0, '127.0.0.1', resolve)
  })
  const bound = other.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0
  const log = createLog({ write: () => undefined }, () => new Date())
  const refused = await startHost({ house: fixtureHouse(), dataDir, pages: dataDir, version: '0', log, port })
  expect(refused).toMatchObject({ ok: false, failure: { code: 'port-taken' } })
  await new Promise((resolve) => {
    other.close(resolve)
  })
})

test('host.json tells the command line where the host is, only to the user, and goes away with the host', async () => {
  const { host, dataDir, log } = await started()
  const path = join(dataDir, 'host.json')
  expect(await readAddress(dataDir)).toMatchObject({ url: host.url, port: host.port, token: host.token, pid: process.pid })
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(log.join('')).not.toContain(host.token)
  await host.close()
  expect(await readdir(dataDir)).toEqual([])
  await expect(fetch(`http://127.0.0.1:${host.port}/`)).rejects.toThrow('fetch failed')
})

test('a host removes host.json only while it is its own', async () => {
  const { host, dataDir } = await started()
  const mine = (await readAddress(dataDir))!
  const theirs = { ...mine, token: 'theirs', url: `http://127.0.0.1:${mine.port}/?token=theirs` }
  await writeAddress(dataDir, theirs)
  await host.close()
  expect(await readAddress(dataDir)).toEqual(theirs)
  await removeAddress(dataDir, 'theirs')
  expect(await readAddress(dataDir)).toBeNull()
})

test('a host.json that is garbage, half, or points elsewhere is no address', async () => {
  const { dataDir } = await started()
  const good = JSON.stringify(await readAddress(dataDir))
  for (const text of [
    '',
    '{}',
    'null',
    good.slice(0, -1),
    good.replace('127.0.0.1', 'evil.example'),
    good.replace('http:', 'https:'),
  ]) {
    await writeFile(join(dataDir, 'host.json'), text)
    expect(await readAddress(dataDir)).toBeNull()
  }
  await writeFile(join(dataDir, 'host.json'), good.replace('{', '{"added later":1,'))
  expect(await readAddress(dataDir)).not.toBeNull()
})

test('a data directory that cannot be written is refused, and nothing goes on listening', async () => {
  const { dataDir } = await started()
  const log = createLog({ write: () => undefined }, () => new Date())
  const refused = await startHost({ house: fixtureHouse(), dataDir: join(dataDir, 'none'), pages: dataDir, version: '0', log })
  expect(refused).toMatchObject({ ok: false, failure: { code: 'read-only' } })
})
