/** kill -9 of the Sluice that started the demonstration: it ends by itself and takes its folder with it. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { until } from '../until.ts'

const CHILD = pathToFileURL(resolve(import.meta.dirname, '../../electron/cli/demo-child.ts')).href
const DEMO = resolve(import.meta.dirname, 'main.ts')

/** Starts the real demonstration as Sluice does, and says its address. */
const PARENT = `
import { createDemoChild } from ${JSON.stringify(CHILD)}
const answer = await createDemoChild(${JSON.stringify(DEMO)}).start()
process.stdout.write(JSON.stringify(answer) + '\\n')
setInterval(() => undefined, 1000)
`

test.skipIf(process.platform === 'win32')(
  'a demonstration ends, and its folder goes, when who started it is killed',
  async () => {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'sluice-demo-killed-')))
    onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }))
    const script = join(folder, 'parent.mjs')
    await writeFile(script, PARENT)
    const parent = spawn(process.execPath, [script], {
      env: { ...process.env, TMPDIR: folder },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void parent.kill('SIGKILL'))
    const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string]
    const { value } = JSON.parse(line) as { readonly value: { readonly url: string } }
    // It answers; with what is not the matter here.
    expect((await fetch(value.url)).status).toBeLessThan(500)
    parent.kill('SIGKILL')
    await until(async () => ((await readdir(folder)).some((name) => name.startsWith('sluice-demo-')) ? null : true))
    await expect(fetch(value.url)).rejects.toBeInstanceOf(TypeError)
  },
)
