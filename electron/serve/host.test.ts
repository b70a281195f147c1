import { expect, test } from 'vitest'
import { encodeFrame } from '../../shared/frames.ts'
import type { Clock } from '../kit/clock.ts'
import { MAX_BYTES } from './calls.ts'
import { MAX_WAITING_BYTES, PING_MILLISECONDS } from './socket.ts'
import { NOTICE } from './testing/house.ts'
import { ask, bearer, connect, fromPage, started, until, type Line } from './testing/hosts.ts'

const send = (line: Line, message: unknown): void => line.socket.send(JSON.stringify(message))

test('a call over the socket comes back under its number, also when the answers overtake each other', async () => {
  const { host } = await started()
  const line = await connect(host, await fromPage(host))
  send(line, { id: 1, call: 'later', params: { a: 'ü🦀' } })
  send(line, { id: 2, call: 'no', params: {} })
  await until(() => line.texts.length === 2)
  expect(line.texts).toContainEqual({ id: 1, reply: { ok: true, value: { a: 'ü🦀' } } })
  expect(line.texts).toContainEqual({
    id: 2,
    reply: { ok: false, failure: { code: 'no-session', message: 'There is no such session.' } },
  })
})

test('changes are pushed to every page', async () => {
  const { host, house } = await started()
  const lines = await Promise.all([connect(host, await fromPage(host)), connect(host, bearer(host))])
  for (const peer of house.peers) peer.changes(NOTICE)
  for (const line of lines) {
    await until(() => line.texts.length === 1)
    expect(line.texts).toEqual([{ changes: NOTICE }])
  }
})

test('frames go both ways byte for byte, in order', async () => {
  const { host, house } = await started()
  const line = await connect(host, await fromPage(host))
  const sent = Array.from({ length: 200 }, (_, n) =>
    encodeFrame({
      kind: 'input',
      terminal: 's1:claude',
      bytes: Uint8Array.from({ length: n * 50 }, (_, i) => (i * 31 + n) & 0xff),
    }),
  )
  for (const frame of sent) line.socket.send(frame)
  await until(() => line.binaries.length === sent.length)
  expect(house.frames).toEqual(sent)
  expect(line.binaries).toEqual(sent)
})

test('a page that goes away is let go by the House, however it goes', async () => {
  const { host, house } = await started()
  const [one, two] = await Promise.all([connect(host, bearer(host)), connect(host, bearer(host))])
  expect(house.peers.size).toBe(2)
  one.socket.close()
  two.socket.terminate()
  await until(() => house.peers.size === 0)
})

test('a page that does not read is disconnected before it costs memory, and the others go on', async () => {
  const { host, house, log } = await started()
  const [deaf, other] = await Promise.all([connect(host, bearer(host)), connect(host, bearer(host))])
  deaf.socket.pause()
  const big = new Uint8Array(1024 * 1024)
  const [deafPeer, otherPeer] = [...house.peers]
  let sent = 0
  while (house.peers.size === 2 && sent < 200) {
    deafPeer!.frame(big)
    sent += 1
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(sent).toBeGreaterThan(15)
  expect(sent).toBeLessThan(60)
  expect(log.join('')).toContain('did not read')
  otherPeer!.changes(NOTICE)
  await until(() => other.texts.length === 1)
})

test('one message above the limit reaches a page that reads, with what is said right behind it', async () => {
  const { host, house, log } = await started()
  const line = await connect(host, bearer(host))
  const [peer] = house.peers
  for (const round of [1, 2]) {
    peer!.frame(new Uint8Array(2 * MAX_WAITING_BYTES))
    for (let m = 0; m < 10; m += 1) peer!.changes(NOTICE)
    await until(() => line.texts.length === 10 * round)
  }
  expect(line.binaries.map((bytes) => bytes.byteLength)).toEqual([2 * MAX_WAITING_BYTES, 2 * MAX_WAITING_BYTES])
  expect([house.peers.size, log.join('').includes('did not read')]).toEqual([1, false])
})

/** A clock that a test turns by hand. */
function handClock(): Clock & { turn(milliseconds: number): void } {
  const due = new Map<() => void, number>()
  return {
    now: () => new Date(0),
    elapsed: () => 0,
    after(milliseconds, callback) {
      due.set(callback, milliseconds)
      return () => due.delete(callback)
    },
    turn(milliseconds) {
      const waiting = [...due]
      for (const [callback, at] of waiting) {
        if (at > milliseconds) continue
        due.delete(callback)
        callback()
      }
    },
  }
}

test('a page that does not answer two pings in a row is let go, one that answers stays', async () => {
  const clock = handClock()
  const { host, house } = await started(clock)
  const mute = await connect(host, bearer(host), '/socket', { autoPong: false })
  const alive = await connect(host, bearer(host))
  const pinged = new Promise((resolve) => {
    alive.socket.once('ping', resolve)
  })
  clock.turn(PING_MILLISECONDS)
  await pinged
  // The pong was written before this call; one socket keeps its order.
  send(alive, { id: 1, call: 'echo', params: {} })
  await until(() => alive.texts.length === 1)
  clock.turn(PING_MILLISECONDS)
  expect(await mute.closed).toBe(1006)
  await until(() => house.peers.size === 1)
  expect(alive.socket.readyState).toBe(alive.socket.OPEN)
})

test('a text that is no request ends the connection with code 1003, and what follows it is not looked at', async () => {
  const { host, house } = await started()
  for (const text of [
    '',
    '{',
    'null',
    '[]',
    '{"id":1}',
    '{"id":"1","call":"echo","params":{}}',
    '{"id":1.5,"call":"echo","params":{}}',
    `{"id":1,"call":"${'x'.repeat(101)}","params":{}}`,
    '{"id":1,"call":"echo","params":{},"more":1}',
  ]) {
    const line = await connect(host, bearer(host))
    line.socket.send(text)
    send(line, { id: 1, call: 'echo', params: {} })
    expect([text, await line.closed]).toEqual([text, 1003])
  }
  expect(house.called).toEqual([])
})

test('a message above 2 MB ends the connection, one below is taken', async () => {
  const { host } = await started()
  const line = await connect(host, bearer(host))
  send(line, { id: 1, call: 'echo', params: 'x'.repeat(MAX_BYTES - 100) })
  await until(() => line.texts.length === 1)
  line.socket.send(new Uint8Array(MAX_BYTES + 1))
  expect(await line.closed).toBe(1009)
})

test('a House that breaks its promise costs one call, not the host', async () => {
  const { host, log } = await started()
  const line = await connect(host, bearer(host))
  for (const [id, call] of ['reject', 'unwritable', 'echo'].entries()) send(line, { id, call, params: {} })
  await until(() => line.texts.length === 3)
  expect(line.texts.map((text) => JSON.stringify(text).includes('"fault"')).filter(Boolean)).toHaveLength(2)
  expect((await ask(host, '/call/reject', { method: 'POST', headers: bearer(host) })).status).toBe(500)
  expect((await ask(host, '/call/echo', { method: 'POST', headers: bearer(host) })).status).toBe(200)
  expect(log.filter((text) => text.includes('"fault"'))).toHaveLength(3)
})

test('one call over HTTP: token, JSON in, reply out', async () => {
  const { host, house } = await started()
  const call = (path: string, body?: string, headers: Record<string, string> = bearer(host)) =>
    ask(host, path, { method: 'POST', headers, ...(body !== undefined && { body }) })
  const said = await call('/call/session.show', '{"name":"login-fix"}')
  expect([said.status, said.headers['content-type'], JSON.parse(said.body)]).toEqual([
    200,
    'application/json; charset=utf-8',
    { ok: true, value: { name: 'login-fix' } },
  ])
  expect(JSON.parse((await call('/call/hello')).body)).toEqual({ ok: true, value: {} })
  expect(JSON.parse((await call('/call/no', '{}')).body)).toMatchObject({ ok: false, failure: { code: 'no-session' } })
  expect(house.called).toEqual(['session.show', 'hello', 'no'])
  expect((await call('/call/echo', '{}', await fromPage(host))).status).toBe(401)
  expect((await call('/call/echo', '{}', { Authorization: 'Bearer nonsense' })).status).toBe(401)
  expect((await call('/call/echo', '{"a":')).status).toBe(400)
  expect((await call('/call/%zz', '{}')).status).toBe(400)
  expect((await ask(host, '/call/echo', { headers: bearer(host) })).status).toBe(405)
  expect((await call('/call/echo', `"${'x'.repeat(MAX_BYTES)}"`)).status).toBe(413)
  expect(house.called).toHaveLength(3)
  expect(house.peers.size).toBe(0)
})
