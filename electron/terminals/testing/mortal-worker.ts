/** A screens worker for tests that can die: the real one, until the fatal word is written to any terminal. */

import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

export async function mortalWorker(): Promise<URL> {
  const file = join(await mkdtemp(join(tmpdir(), 'sluice-screens-')), 'mortal.mjs')
  await writeFile(
    file,
    `import { parentPort } from 'node:worker_threads'
     parentPort.on('message', (message) => {
       if (message.kind === 'write' && Buffer.from(message.bytes).includes('fatal')) throw new Error('died of a word')
     })
     await import(${JSON.stringify(new URL('../screens-worker.ts', import.meta.url).href)})`,
  )
  return pathToFileURL(file)
}
