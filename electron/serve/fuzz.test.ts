import { connect as connectTcp } from 'node:net'
import { expect, test } from 'vitest'
import { encodeFrame } from '../../shared/frames.ts'
import { ask, bearer, connect, started, until, type Line } from './testing/hosts.ts'

/** Numbers that look random and are the same in every run (mulberry32). */
function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

function mutated(original: Uint8Array, roll: (below: number) => number): Uint8Array {
  let bytes = Buffer.from(original)
  for (let n = roll(4) + 1; n > 0; n -= 1) {
    const at = roll(bytes.length + 1)
    switch (roll(5)) {
      case 0:
        if (at < bytes.length) bytes[at]! ^= 1 << roll(8)
        break
      case 1:
        bytes = bytes.subarray(0, at)
        break
      case 2:
        bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from([roll(256)]), bytes.subarray(at)])
        break
      case 3:
        bytes = Buffer.concat([bytes, bytes.subarray(at)])
        break
      default:
        bytes = Buffer.concat([
          bytes.subarray(0, at),
          Buffer.from(['__proto__', '1e999', '\u0000', '[[[[', '"', '-1'][roll(6)]!),
          bytes.subarray(at),
        ])
    }
  }
  return bytes
}

const SEEDS = [
  Buffer.from('{"id":1,"call":"echo","params":{"name":"login-fix","text":"ü🦀"}}'),
  Buffer.from('{"id":2,"call":"session.start","params":{"prompt":"do it","scope":["src/**"]}}'),
  encodeFrame({ kind: 'attach', terminal: 's1:claude', cols: 80, rows: 24 }),
  encodeFrame({ kind: 'input', terminal: 's1:claude', bytes: Buffer.from('ls\r') }),
]

test('thousands of broken messages crash nothing: each is answered, ignored, or ends its own connection', async () => {
  const { host, house, log } = await started()
  const roll = dice(5)
  const watcher = await connect(host, bearer(host))
  let line: Line | null = null
  let ended = 0
  for (let n = 0; n < 3000; n += 1) {
    if (line === null || line.socket.readyState !== line.socket.OPEN) {
      line = await connect(host, bearer(host))
      ended += 1
    }
    const { socket } = line
    const reaction = new Promise<void>((resolve) => {
      socket.once('message', () => resolve())
      socket.once('close', () => resolve())
    })
    socket.send(mutated(SEEDS[n % SEEDS.length]!, roll), { binary: roll(2) === 0 })
    // Whatever the message was: the connection still answers, or it is gone.
    socket.send(encodeFrame({ kind: 'detach', terminal: 'x' }))
    await reaction
    socket.removeAllListeners('close')
  }
  expect(ended).toBeGreaterThan(300)
  expect(log.filter((text) => text.includes('"fault"'))).toEqual([])
  watcher.socket.send('{"id":9,"call":"echo","params":1}')
  await until(() => watcher.texts.length === 1)
  expect(watcher.texts).toEqual([{ id: 9, reply: { ok: true, value: 1 } }])
  expect(house.peers.size).toBeLessThan(20)
})

test('broken HTTP and broken WebSocket framing crash nothing', async () => {
  const { host, log } = await started()
  const roll = dice(6)
  const head = `Host: 127.0.0.1:${host.port}\r\nAuthorization: Bearer ${host.token}\r\n`
  const upgrade = `${head}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}\r\n`
  const seeds = [
    `GET / HTTP/1.1\r\n${head}\r\n`,
    `POST /call/echo HTTP/1.1\r\n${head}Content-Length: 2\r\n\r\n{}`,
    `GET /socket HTTP/1.1\r\n${upgrade}\r\n\u0081\u0085abcdefghi`,
  ].map((text) => Buffer.from(text, 'latin1'))
  for (let n = 0; n < 600; n += 1) {
    await new Promise<void>((resolve) => {
      const socket = connectTcp(host.port, '127.0.0.1', () => socket.end(mutated(seeds[n % seeds.length]!, roll)))
      socket.on('error', () => undefined)
      socket.on('data', () => socket.destroy())
      socket.on('close', () => resolve())
    })
  }
  expect(log.filter((text) => text.includes('"fault"'))).toEqual([])
  expect((await ask(host, '/', { headers: bearer(host) })).status).toBe(200)
})
