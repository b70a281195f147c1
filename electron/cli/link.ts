/** The way from the command line to a running House: its address from the data directory, calls over HTTP, changes over a WebSocket. */

import { WebSocket } from 'ws'
import { serverMessage, type CallName, type Change } from '../../shared/contract.ts'
import { createClient, type Client } from '../../shared/client.ts'
import { readAddress, type Address } from '../serve/address.ts'

export type Link = {
  readonly client: Client
  /** Calls back with every change from now on; `lost` when the House goes away. Resolves once it listens. */
  follow(listener: { change(change: Change): void; lost(): void }): Promise<() => void>
}

function origin({ port }: Address): string {
  return `http://127.0.0.1:${port}`
}

/** Gives a link to the House of a data directory, or null when none is running there. */
export async function openLink(dataDir: string): Promise<Link | null> {
  const address = await readAddress(dataDir)
  if (address === null) return null
  const headers = { authorization: `Bearer ${address.token}`, 'content-type': 'application/json' }
  const answers = await fetch(`${origin(address)}/call/hello`, { method: 'POST', headers, body: '{}' }).then(
    (response) => response.ok,
    () => false,
  )
  if (!answers) return null
  return {
    client: createClient({
      async call(name: CallName, params: unknown) {
        const response = await fetch(`${origin(address)}/call/${name}`, { method: 'POST', headers, body: JSON.stringify(params) })
        return response.json()
      },
      post: () => undefined,
      listen: () => () => undefined,
    }),
    follow: (listener) =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(`ws://127.0.0.1:${address.port}/socket`, {
          headers: { authorization: headers.authorization },
        })
        socket.on('message', (bytes, binary) => {
          if (binary) return
          const message = serverMessage.safeParse(JSON.parse(String(bytes)))
          if (message.success && 'changes' in message.data)
            for (const change of message.data.changes.changes) listener.change(change)
        })
        socket.once('open', () => resolve(() => socket.close()))
        socket.once('error', reject)
        socket.once('close', () => listener.lost())
      }),
  }
}
