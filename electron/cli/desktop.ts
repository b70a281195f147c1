/** What `sluice` starts and waits for: the desktop app, where an Electron runtime is here or can be had, and the demonstration. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { EXIT, failed, type Outcome } from './outcome.ts'
import type { Places } from './places.ts'

/** A download that has not finished by then is not going to. */
const DOWNLOAD_MS = 10 * 60_000

async function installedRuntime(folder: string): Promise<string | null> {
  const executable = await readFile(join(folder, 'path.txt'), 'utf8').catch(() => null)
  if (executable === null) return null
  const path = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'), executable)
  return stat(path).then(
    () => path,
    () => null,
  )
}

/** Gives the path of the Electron runtime, downloading it when it is missing; null where that fails. */
export async function findRuntime(): Promise<string | null> {
  let folder: string
  try {
    folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  } catch {
    return null
  }
  const installed = await installedRuntime(folder)
  if (installed !== null) return installed
  const download = spawn(process.execPath, [join(folder, 'install.js')], { stdio: 'ignore', timeout: DOWNLOAD_MS })
  const [code] = await once(download, 'exit').catch(() => [1])
  return code === 0 ? installedRuntime(folder) : null
}

/** Runs the demonstration to its end. Failure: this is an installed app, which carries none. */
export async function runDemo(
  places: Places,
  { headless, json }: { readonly headless: boolean; readonly json: boolean },
): Promise<Outcome> {
  const there = await stat(places.demo).catch(() => null)
  if (there === null)
    return failed(EXIT.refused, {
      code: 'no-demo',
      message: 'The demonstration is part of a checkout of Sluice; it is not here.',
    })
  return { code: await run(process.execPath, [places.demo, ...(headless ? ['--headless'] : []), ...(json ? ['--json'] : [])]) }
}

/** Runs the desktop app to its end; gives its exit code. */
export function runDesktop(runtime: string, main: string, words: readonly string[]): Promise<number> {
  return run(runtime, [main, ...words])
}

async function run(file: string, args: readonly string[]): Promise<number> {
  const child = spawn(file, args, { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  const [code] = await once(child, 'exit')
  return typeof code === 'number' ? code : 1
}
