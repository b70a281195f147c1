/** Runs an Electron app's entry file with the stand-in: what the Electron binary does with its arguments. */

import { readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app, becomeReady, isLeaving } from './app.ts'
import { startChromium } from './chromium.ts'
import { setChromium } from './runtime.ts'
import { serveSchemes } from './schemes.ts'

const given = process.argv.slice(2)
const entry = given.find((word) => !word.startsWith('-'))
if (entry === undefined) {
  process.stderr.write('The Electron stand-in needs the entry file of an app.\n')
  process.exit(2)
}

/** A folder is an app whose package.json names the entry. */
function entryFile(path: string): string {
  if (!statSync(path).isDirectory()) return path
  const { main } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as { main: string }
  return join(path, main)
}

async function boot(): Promise<void> {
  const chromium = await startChromium(join(app.getPath('userData'), 'stand-in'), await serveSchemes())
  setChromium(chromium)
  void chromium.ended.then(() => app.exit(1))
  // Playwright waits for this line, as Electron prints it.
  if (given.includes('--remote-debugging-port=0')) process.stderr.write(`\nDevTools listening on ${chromium.address}\n`)
  becomeReady()
}

process.argv = [process.execPath, ...given]
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit())

await import(pathToFileURL(entryFile(resolve(entry))).href)
// A second instance has asked to quit by now; it never gets a browser.
setImmediate(() => {
  if (isLeaving()) return
  boot().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    app.exit(1)
  })
})
