/** The desktop app's entry: says where the built parts lie and puts the real House in. Built as `out/main/main.js`. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as z from 'zod'
import { compose } from '../compose.ts'
import { startHost } from '../serve/host.ts'
import { startShell } from './shell.ts'

// Of the built file: `out/main`, in a checkout as in a package.
const here = import.meta.dirname
const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(here, '../../package.json'), 'utf8')))

const pages = join(here, '../renderer')

startShell({
  preload: join(here, '../preload/preload.cjs'),
  pages,
  compose: (options) => compose({ ...options, version, screensWorker: pathToFileURL(join(here, 'screens.js')) }),
  serve: (options) => startHost({ ...options, pages, version }),
})
