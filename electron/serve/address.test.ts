import { createServer } from 'node:http'
import { statSync } from 'node:fs'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createLog } from '../kit/log.ts'
import { readAddress, removeAddress, writeAddress } from './address.ts'
import { startHost } from './host.ts'
import { fixtureHouse } from './testing/house.ts'
import { started } from './testing/hosts.ts'

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
  expect(await readdir(dataDir)).toEqual(['browser.key'])
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
