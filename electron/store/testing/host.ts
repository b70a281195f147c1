/** A host as a process of its own, for tests: `node host.ts DATA_DIR` says `ready`, then records and prints one number after the other. */

import { writeSync } from 'node:fs'
import { openStore } from '../store.ts'

const dataDir = process.argv[2]
if (dataDir === undefined) throw new Error('Which data directory?')
const result = openStore({ dataDir, now: () => new Date() })
if (!result.ok) {
  writeSync(1, `${result.failure.code}\n`)
  process.exit(1)
}
const { store } = result.value
writeSync(1, 'ready\n')
let count = 0
setInterval(() => {
  count += 1
  const [event] = store.record([{ kind: 'counted', body: { count } }], (tables) => tables.meta.put('count', String(count)))
  writeSync(1, `${event?.seq}\n`)
}, 0)
