/** Finds and starts a Chromium that lives and dies with this process. */

import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { connectCdp, type Cdp } from './cdp.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Gives the Chromium to use: `CHROMIUM` of the environment, else the first one in PATH. Throws with what to install. */
export function findChromium(env: NodeJS.ProcessEnv): string {
  const chosen = env['CHROMIUM']
  if (chosen !== undefined && chosen !== '') return chosen
  const folders = (env['PATH'] ?? '').split(delimiter)
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable)
  if (found !== undefined) return found
  throw new Error('The Electron stand-in needs Chromium: install the package “chromium”, or set CHROMIUM to its path.')
}

export type Chromium = {
  readonly cdp: Cdp
  /** Where others, such as Playwright, may debug it too. */
  readonly address: string
  readonly ended: Promise<void>
  close(): Promise<void>
}

function switches(profile: string, pagesPort: number): readonly string[] {
  return [
    '--remote-debugging-pipe',
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
    '--no-startup-window',
    '--no-first-run',
    '--no-default-browser-check',
    '--no-proxy-server',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-extensions',
    '--disable-sync',
    '--disable-dev-shm-usage',
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    '--disable-back-forward-cache',
    '--disable-popup-blocking',
    '--disable-features=HttpsUpgrades,MediaRouter,OptimizationHints,Translate',
    '--force-color-profile=srgb',
    '--password-store=basic',
    '--use-mock-keychain',
    '--enable-unsafe-swiftshader',
    // Custom schemes are answered by this process; every other host does not exist.
    `--host-resolver-rules=MAP *.localhost 127.0.0.1:${pagesPort}, MAP * ~NOTFOUND`,
    ...(process.getuid?.() === 0 ? ['--no-sandbox', '--test-type'] : []),
    ...((process.env['DISPLAY'] ?? '') === '' ? ['--headless=new'] : []),
  ]
}

/** Starts it without a window. Rejects with its last words when it ends before it can be reached. */
export async function startChromium(profile: string, pagesPort: number): Promise<Chromium> {
  const child = spawn(findChromium(process.env), switches(profile, pagesPort), {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  })
  const [, , stderr, into, from] = child.stdio as [null, null, Readable, Writable, Readable]
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const words: string[] = []
  const address = await new Promise<string>((resolve, reject) => {
    child.once('error', (error) => reject(new Error(`Chromium could not be started: ${error.message}`)))
    void ended.then(() => reject(new Error(`Chromium ended at once: ${words.join('\n')}`)))
    createInterface({ input: stderr }).on('line', (line) => {
      words.push(line)
      if (words.length > 20) words.shift()
      const match = /^DevTools listening on (ws:\/\/\S+)$/u.exec(line)
      if (match?.[1] !== undefined) resolve(match[1])
    })
  })
  const cdp = connectCdp(into, from)
  const kill = (): unknown => child.kill('SIGKILL')
  process.once('exit', kill)
  return {
    cdp,
    address,
    ended,
    async close() {
      const killer = setTimeout(kill, 3000)
      await cdp
        .session()
        .send('Browser.close')
        .catch(() => undefined)
      await ended
      clearTimeout(killer)
    },
  }
}
