/** Stands before the scripted model and says in every answer what a subscriber has used up. Knows nothing of scripts. */

import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The headers from which the CLI takes `rate_limits` of its status line (seen with 2.1.329). */
function headers(until: Date): Record<string, string> {
  const reset = String(Math.floor(until.getTime() / 1000))
  const prefix = 'anthropic-ratelimit-unified'
  return {
    [`${prefix}-status`]: 'rejected',
    [`${prefix}-reset`]: reset,
    [`${prefix}-representative-claim`]: 'five_hour',
    [`${prefix}-5h-status`]: 'rejected',
    [`${prefix}-5h-utilization`]: '1.0',
    [`${prefix}-5h-reset`]: reset,
  }
}

/** Takes the address of the model, and until when the five hours are used up. */
export async function startLimits(model: string, until: Date): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((asked, answer) => {
    const { method, headers: sent } = asked
    const passed = request(new URL(asked.url ?? '/', model), { method, headers: sent }, (got) => {
      answer.writeHead(got.statusCode ?? 502, { ...got.headers, ...headers(until) })
      got.pipe(answer)
    })
    passed.on('error', () => answer.destroy())
    answer.on('close', () => passed.destroy())
    asked.pipe(passed)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
