import { connect as connectTcp, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { bearer, connect, started } from './testing/hosts.ts'

test('closing says goodbye to every page, and twice is harmless', async () => {
  const { host, house } = await started()
  const line = await connect(host, bearer(host))
  const stuck = connectTcp(host.port, '127.0.0.1')
  stuck.on('error', () => undefined)
  await Promise.all([host.close(), host.close()])
  expect(await line.closed).toBe(1001)
  expect(house.peers.size).toBe(0)
  stuck.destroy()
})

/** Asks for a socket without a key and never closes its own half. */
function halfOpen(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp({ port, host: '127.0.0.1', allowHalfOpen: true }, () =>
      socket.write(
        `GET /socket HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}\r\n\r\n`,
      ),
    )
    let text = ''
    socket.on('data', (data) => (text += data.toString()))
    socket.on('end', () => (text.startsWith('HTTP/1.1 401 ') ? resolve(socket) : reject(new Error(text))))
    socket.on('error', reject)
  })
}

test('somebody who is refused a socket and does not hang up is hung up on', async () => {
  const { host } = await started()
  const peer = await halfOpen(host.port)
  await expect
    .poll(() => {
      if (!peer.destroyed) peer.write('x')
      return peer.destroyed
    })
    .toBe(true)
})

test('closing does not wait for somebody who was refused and does not hang up', async () => {
  const { host } = await started()
  const peer = await halfOpen(host.port)
  await host.close()
  await expect(fetch(`http://127.0.0.1:${host.port}/`)).rejects.toThrow('fetch failed')
  peer.destroy()
})
