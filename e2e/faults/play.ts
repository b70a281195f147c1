/** A host in a process of its own that plays one life: `node play.ts FOLDER STRIKE`. Prints what must not be lost, one JSON value a line. */

import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compose } from '../../electron/compose.ts'
import { createMemoryCarrier } from '../../electron/bridge/memory.ts'
import { createLog } from '../../electron/kit/log.ts'
import { createClient } from '../../shared/client.ts'
import { insist, live, type Life } from './life.ts'

const [folder = '', mend = ''] = process.argv.slice(2)
const print = (value: unknown): void => writeFileSync(1, `${JSON.stringify(value)}\n`)

const composed = await compose({
  dataDir: join(folder, 'data'),
  env: process.env,
  claude: join(folder, 'claude'),
  version: 'test',
  log: createLog({ write: (line) => print({ log: line }) }, () => new Date()),
  screensWorker: new URL('../../electron/terminals/screens-worker.ts', import.meta.url),
})
if (!composed.ok) throw new Error(composed.failure.message)
const house = composed.value
const carrier = createMemoryCarrier(house)
const client = createClient(carrier)
// The agent's own git is the real one.
const env = { ...process.env, PATH: (process.env['PATH'] ?? '').replace(`${join(folder, 'bin')}:`, '') } as Record<string, string>
const life: Life = {
  client,
  env,
  say: print,
  async again(message) {
    print({ refused: message })
    if (mend === 'free') rmSync(join(folder, 'full'), { force: true })
    return mend !== ''
  },
}
print({ begun: true })
await insist(life, () => client.call('repository.open', { path: join(folder, 'shop') }))
house.trust()
const ended = await live(life).then(
  () => true,
  (error: unknown) => print({ refused: error instanceof Error ? error.message : String(error) }),
)
carrier.close()
await house.close()
if (ended === true) print({ ended })
process.exit(0)
