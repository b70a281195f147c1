import { connect as connectTcp } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createLog } from '../kit/log.ts'
import { startHost } from './host.ts'
import { fixtureHouse } from './testing/house.ts'
import { ask, bearer, connect, cookieOf, fromPage, keysOf, started } from './testing/hosts.ts'

test('the printed address gives a cookie and a page secret, neither of them the token, and leaves no token in the address', async () => {
  const { host } = await started()
  const first = await ask(host, new URL(host.url).pathname + new URL(host.url).search)
  expect(first.status).toBe(303)
  expect(first.headers.location).toMatch(/^\/#[\w-]{43}$/u)
  expect(first.headers.location).not.toContain(host.token)
  expect(first.headers['set-cookie']?.[0]).toMatch(
    new RegExp(`^sluice_${host.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`, 'u'),
  )
  expect(first.headers['set-cookie']?.[0]).not.toContain(host.token)
  expect(first.headers['set-cookie']?.[0]).not.toContain(first.headers.location?.slice(2))
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

test('somebody whom another site led here is sent on by a document of our own, with the same keys', async () => {
  const { host } = await started()
  const { cookie, page } = await keysOf(host)
  const headers = { 'Sec-Fetch-Site': 'cross-site' }
  const onward = await ask(host, `/?token=${host.token}`, { headers })
  expect([onward.status, onward.headers['refresh'], onward.headers['cache-control']]).toEqual([
    200,
    `0; url=/#${page}`,
    'no-store',
  ])
  expect(onward.headers['set-cookie']?.[0]).toMatch(new RegExp(`^${cookie};`, 'u'))
  expect(onward.body).not.toContain(host.token)
  const refused = await ask(host, `/?token=${host.token}x`, { headers })
  expect([refused.status, refused.headers['refresh'], refused.body.includes(page)]).toEqual([403, undefined, false])
})

test('a socket needs the cookie, the Origin and the secret of the page, or the token', async () => {
  const { host, house } = await started()
  const page = await fromPage(host)
  const { cookie, page: secret } = await keysOf(host)
  const wrong: readonly Record<string, string>[] = [
    {},
    { Cookie: cookie },
    { Origin: page['Origin']! },
    { ...page, Cookie: '' },
    { ...page, Cookie: `sluice_${host.port}=${host.token}` },
    { ...page, Cookie: `sluice_${host.port}=${secret}` },
    { Cookie: cookie, 'Sec-WebSocket-Protocol': page['Sec-WebSocket-Protocol']! },
    { Authorization: `Bearer ${host.token}x` },
    { Authorization: `Bearer ${secret}` },
  ]
  for (const headers of wrong) await expect(connect(host, headers)).rejects.toThrow('refused with 401')
  await expect(connect(host, page, `/?token=${host.token}`)).rejects.toThrow('refused with 404')
  expect(house.peers.size).toBe(0)
  const line = await connect(host, page)
  expect([line.socket.readyState, line.socket.protocol]).toEqual([1, 'sluice'])
  expect((await connect(host, bearer(host))).socket.readyState).toBe(1)
})

test('a cookie that another port of this machine saw, with a forged Origin, opens no socket', async () => {
  const { host, house } = await started()
  const { cookie, page } = await keysOf(host)
  const stolen = { Cookie: cookie, Origin: `http://127.0.0.1:${host.port}` }
  await expect(connect(host, stolen)).rejects.toThrow('refused with 401')
  for (const guess of ['x', page.slice(0, -1), `${page}x`, 'A'.repeat(43), host.token, cookie.split('=')[1]!]) {
    const headers = { ...stolen, 'Sec-WebSocket-Protocol': `sluice, sluice.${guess}` }
    await expect(connect(host, headers)).rejects.toThrow('refused with 401')
  }
  await expect(connect(host, { ...stolen, 'Sec-WebSocket-Protocol': 'sluice' })).rejects.toThrow('refused with 401')
  await expect(connect(host, { ...stolen, 'Sec-WebSocket-Protocol': `sluice, ${page}` })).rejects.toThrow('refused with 401')
  expect(house.peers.size).toBe(0)
  for (const path of ['/', '/index.html', '/assets/index-DEADbeef.js', '/socket']) {
    expect((await ask(host, path, { headers: stolen })).body).not.toContain(page)
  }
})

test('after a restart on the same data directory and port the keys of an open page still work, the old token does not', async () => {
  const { host, dataDir, log } = await started()
  const page = await fromPage(host)
  await host.close()
  const pages = join(dataDir, '..', 'pages')
  const quiet = createLog({ write: () => undefined }, () => new Date())
  const again = await startHost({ house: fixtureHouse(), dataDir, pages, version: '0', log: quiet, port: host.port })
  if (!again.ok) throw new Error(again.failure.message)
  onTestFinished(() => again.value.close())
  expect((await connect(again.value, page)).socket.readyState).toBe(1)
  expect((await ask(again.value, '/', { headers: { Cookie: page['Cookie']! } })).status).toBe(200)
  await expect(connect(again.value, bearer(host))).rejects.toThrow('refused with 401')
  const { cookie, page: secret } = await keysOf(again.value)
  for (const kept of [cookie.split('=')[1]!, secret]) expect(log.join('')).not.toContain(kept)
})
