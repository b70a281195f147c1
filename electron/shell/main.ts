/** The desktop app's entry: says where the built parts lie and puts the real House in. Built as `out/main/main.js`. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as z from 'zod'
import { ok } from '../../shared/result.ts'
import { createDemoChild } from '../cli/demo-child.ts'
import { compose } from '../compose.ts'
import { startHost } from '../serve/host.ts'
import { startShell } from './shell.ts'

// Of the built file: `out/main`, in a checkout as in a package.
const here = import.meta.dirname
const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(here, '../../package.json'), 'utf8')))

const pages = join(here, '../renderer')
/** In a checkout; an installed app carries none. */
const demo = createDemoChild(join(here, '../../e2e/demo/main.ts'))

startShell({
  preload: join(here, '../preload/preload.cjs'),
  pages,
  async compose(options) {
    const screensWorker = pathToFileURL(join(here, 'screens.js'))
    const composed = await compose({ ...options, version, screensWorker, demo: () => demo.start() })
    if (!composed.ok) return composed
    const house = composed.value
    const close = async (): Promise<void> => void (await Promise.all([house.close(), demo.close()]))
    return ok({ ...house, close })
  },
  serve: (options) => startHost({ ...options, pages, version }),
})
